#pragma once

#include <string>

#include "parser/attributes.hpp"
#include "parser/dialect.hpp"
#include "parser/document.hpp"

namespace paywall {

/// What the attributes of one opener come to.
struct Judgement {
    Audience audience;
    Details details;
    /// The first key or value that nothing is known of; the audience is then payers of everything.
    std::string unknown;
};

/// By the rules of the region. What is not known denies.
[[nodiscard]] Judgement judge(const Region& region, const AttributeList& attributes);

}  // namespace paywall

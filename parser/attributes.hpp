#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace paywall {

/// The notations that markers have for their attributes. Each is a grammar in a file of its own
/// under attributes/.
enum class Syntax {
    none,
    shortcode,    ///< WordPress: ` level="1,2" delay=3 'x'`, perhaps with a `/` at the end
    json,         ///< of WordPress's blocks: ` {"selectedPlanIds":[1,2]} `
    key_value,    ///< Ghost: ` nonMember:true memberSegment:"status:free"`
    assignment,   ///< BBCode: `=d30,10`
    label,        ///< ` Read on`
    colon_label,  ///< `: Read on`
};

/// Views the text it was read from. Of positional ones the key is empty.
struct Attribute {
    std::string_view key;
    std::string_view value;
};

struct AttributeList {
    std::vector<Attribute> attributes;
    std::size_t length = 0;      ///< bytes that they take
    bool closes_itself = false;  ///< `[name /]`: a region of nothing
};

/// The attributes at the start of a text, which goes on behind a marker's word; nothing where the
/// text does not go on as attributes of that syntax. `end` is what the marker ends with.
[[nodiscard]] std::optional<AttributeList> read_attributes(Syntax syntax, std::string_view text,
                                                           std::string_view end);

}  // namespace paywall

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::tests {

/// A node of a tree as an independent HTML parser builds it.
struct TreeNode {
    enum class Kind { element, word, comment };
    Kind kind = Kind::element;
    std::string name;           ///< an element's; a word's or comment's text
    std::size_t offset = npos;  ///< where its tag or word begins; npos: nowhere in the text
    std::size_t length = 0;     ///< of an element's start tag, bytes
    std::size_t tag = npos;     ///< where the tag begins that its classes are from, a copy's too
    std::size_t end = npos;     ///< where its end tag begins; npos: it has none
    bool is_paywall = false;    ///< an element of that class
    std::string classes = {};   ///< those of another
    std::vector<TreeNode> children = {};

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

struct Tree {
    TreeNode root;
    std::size_t errors = 0;  ///< that the parser found
};

/// Is a <noscript> markup, or raw text as it is where scripts run? (As raw text it is named
/// `noframes` in the tree.)
enum class Noscript { markup, raw_text };

/// The tree of an HTML text: a document if it begins like one, else the children of a <body>.
/// Text is parted into words at white space and no-break spaces.
[[nodiscard]] Tree parse_tree(const std::string& html, Noscript noscript = Noscript::markup);

/// `p(a b em.big(c))`: elements with their classes, and words, without empty elements that no tag
/// made.
[[nodiscard]] std::string to_string(const TreeNode& node);

}  // namespace paywall::tests

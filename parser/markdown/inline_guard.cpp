#include "parser/markdown/inline_guard.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace paywall::markdown {
namespace {

/// A set of bytes.
class Bytes {
public:
    explicit constexpr Bytes(std::string_view members) {
        for (const char c : members) is_member_[static_cast<unsigned char>(c)] = true;
    }
    [[nodiscard]] constexpr bool operator[](char c) const {
        return is_member_[static_cast<unsigned char>(c)];
    }

private:
    std::array<bool, 256> is_member_{};
};

constexpr std::string_view signs_text = "*_~`\\[]<>&|#\v\f";
constexpr Bytes signs(signs_text);
/// What the paid text of such blocks must not hold: signs, and what makes addresses.
constexpr Bytes meanings("*_~`\\[]<>&|#@:w\v\f");
/// Where free text may begin something that goes on.
constexpr Bytes openings("[]<@:w");
constexpr Bytes spaces(" \n\t\r\v\f");
constexpr Bytes ends_of_label("[]<\\&:@^`*_~|\n");
constexpr Bytes ends_of_target(
    "[]<>\\\"'(`*|\x7f \x01\x02\x03\x04\x05\x06\a\b\t\n\v\f\r\x0e\x0f\x10\x11"
    "\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f");

/// The first byte of a set of ASCII characters at `at` or behind it; `end` if there is none.
/// Letters of other scripts are passed over eight bytes at once.
std::size_t find_first(const Bytes& bytes, std::string_view text, std::size_t at, std::size_t end) {
    constexpr std::uint64_t others = 0x8080808080808080U;
    while (at < end) {
        std::uint64_t eight = 0;
        if (end - at >= sizeof eight) std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((eight & others) == others) {
            at += sizeof eight;
        } else if (bytes[text[at]]) {
            break;
        } else {
            ++at;
        }
    }
    return at;
}

/// `://`, `www.`, `@`: GitHub makes links of addresses, up to the next space.
bool begins_address(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at, 4);
    return rest.starts_with("://") || rest.starts_with("www.") || rest.starts_with('@');
}

/// Where text up to one offset is joined with text from another.
bool has_address_around(std::string_view text, std::size_t end, std::size_t begin) {
    constexpr std::size_t most = 3;
    const auto before = std::min(most, end);
    std::string joined(text.substr(end - before, before));
    joined += text.substr(begin, most);
    return joined.find("www.") != joined.npos || joined.find("://") != joined.npos;
}

}  // namespace

void InlineGuard::enter(std::size_t block) {
    if (block == block_) return;
    block_ = block;
    read_ = std::max(read_, block);
    is_open_ = false;
    address_ = text_.size();
}

bool InlineGuard::is_plain(std::string_view text) {
    for (std::size_t at = 0; (at = find_first(meanings, text, at, text.size())) < text.size();
         ++at) {
        if ((text[at] != ':' && text[at] != 'w') || begins_address(text, at)) return false;
    }
    return true;
}

/// Of `[label](target)` without any sign in it: it is a link, or all of it is code.
std::size_t InlineGuard::behind_link(std::size_t at, std::size_t end) const {
    if (at > 0 && text_[at - 1] == '\\') return at;
    auto i = at + 1;
    while (i < end && !ends_of_label[text_[i]]) ++i;
    if (i + 1 >= end || text_[i] != ']' || text_[i + 1] != '(') return at;
    i += 2;
    while (i < end && text_[i] != ')' && !ends_of_target[text_[i]]) ++i;
    return i < end && text_[i] == ')' ? i + 1 : at;
}

void InlineGuard::read(std::size_t end) {
    while ((read_ = find_first(openings, text_, read_, end)) < end) {
        const char c = text_[read_];
        const auto behind = c == '[' ? behind_link(read_, end) : read_;
        if (behind > read_) {
            read_ = behind;
            continue;
        }
        if (c == '<' || text_.substr(read_).starts_with("](")) is_open_ = true;
        if (begins_address(text_, read_)) address_ = read_;
        ++read_;
    }
}

/// The last address ends at a space, if something follows that.
bool InlineGuard::is_past_address(std::size_t end) {
    auto at = address_;
    while (at < end && !spaces[text_[at]]) ++at;
    while (at < end && spaces[text_[at]]) ++at;
    if (address_ < end && at >= end) return false;
    address_ = text_.size();
    return true;
}

/// `&` and what may be a name behind it.
bool InlineGuard::may_hold_entity(std::size_t end) const {
    constexpr std::size_t longest = 40;
    const auto is_name = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '#';
    };
    for (std::size_t i = 0; i < longest && end > 0; ++i)
        if (!is_name(text_[--end])) return text_[end] == '&';
    return end > 0;
}

bool InlineGuard::may_begin(std::size_t begin) {
    read(begin);
    if (begin == 0) return true;
    if (is_open_ || !is_past_address(begin)) return false;
    const char last = text_[begin - 1];
    if (last == '\n') {  // a backslash there breaks the line, if there is another
        const auto line = text_.substr(0, begin - 1);
        return !line.ends_with('\\') && !line.ends_with("\\\r");
    }
    return !signs[last] && last != '!' && last != ':' && !may_hold_entity(begin);
}

bool InlineGuard::may_meet(Span cut, std::size_t next) const {
    if (cut.end() >= next) return true;
    const char first = text_[cut.end()];
    if (signs[first] || first == ':' || first == ';' || first == '@') return false;
    for (auto at = cut.end(); at < next && !spaces[text_[at]];) {
        const auto behind = text_[at] == '[' ? behind_link(at, next) : at;
        if (behind == at && begins_address(text_, at)) return false;
        at = std::max(behind, at + 1);
    }
    // … of which a part is cut out, or stood before the cut
    return !has_address_around(text_, cut.offset, cut.offset) &&
           !has_address_around(text_, cut.end(), cut.end()) &&
           !has_address_around(text_, cut.offset, cut.end());
}

}  // namespace paywall::markdown

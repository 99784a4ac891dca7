#include "parser/literal_guard.hpp"

namespace paywall {

void LiteralGuard::add(std::string_view literal, Letters letters) {
    const auto bit = std::uint64_t{1} << (count_++ % 64);
    for (std::size_t i = 0; i < sets_.size(); ++i) {
        if (i >= literal.size()) {
            for (auto& set : sets_[i]) set |= bit;
            continue;
        }
        const auto byte = static_cast<unsigned char>(literal[i]);
        sets_[i][byte] |= bit;
        const bool is_letter = (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
        if (letters == Letters::any_case && is_letter) sets_[i][byte ^ 0x20U] |= bit;
    }
}

}  // namespace paywall

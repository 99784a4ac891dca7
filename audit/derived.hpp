#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paywall::audit {

/// A text made from another, with the way back. Filled from front to back.
class Derived {
public:
    /// Bytes that lie at `origin` as they are.
    void copy(std::string_view bytes, std::size_t origin) {
        if (bytes.empty()) return;
        if (steps_.empty() || !steps_.back().goes_on(text_.size(), origin, 1, 1))
            steps_.push_back({text_.size(), origin, 1, 1});
        text_ += bytes;
    }
    /// Bytes that an escape at `origin` of `length` bytes stands for.
    void put(std::string_view bytes, std::size_t origin, std::size_t length) {
        if (bytes.empty()) return;
        const auto to = static_cast<std::uint32_t>(bytes.size());
        const auto from = static_cast<std::uint32_t>(length);
        if (steps_.empty() || !steps_.back().goes_on(text_.size(), origin, to, from))
            steps_.push_back({text_.size(), origin, to, from});
        text_ += bytes;
        for (const char c : bytes) {
            made_.markup |= c == '<' || c == '&';
            made_.backslash |= c == '\\';
            made_.percent |= c == '%';
        }
    }

    /// Signs of other layers that decoding brought to light.
    struct Made {
        bool markup = false;
        bool backslash = false;
        bool percent = false;
    };
    [[nodiscard]] const Made& made() const { return made_; }

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Where the byte at `offset` came from.
    [[nodiscard]] std::size_t origin(std::size_t offset) const {
        const auto after = std::ranges::upper_bound(steps_, offset, {}, &Step::begin);
        if (after == steps_.begin()) return 0;
        const Step& step = *(after - 1);
        return step.origin + (offset - step.begin) / step.to * step.from;
    }

private:
    /// Units of as many bytes each, one behind the other in both texts.
    struct Step {
        std::size_t begin;
        std::size_t origin;
        std::uint32_t to;    ///< bytes of a unit in this text
        std::uint32_t from;  ///< and in the other

        [[nodiscard]] bool goes_on(std::size_t text_end, std::size_t next_origin,
                                   std::uint32_t next_to, std::uint32_t next_from) const {
            return to == next_to && from == next_from &&
                   origin + (text_end - begin) / to * from == next_origin;
        }
    };

    std::string text_;
    std::vector<Step> steps_;
    Made made_;
};

}  // namespace paywall::audit

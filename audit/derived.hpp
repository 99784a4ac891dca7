#pragma once

#include <algorithm>
#include <cstddef>
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
        if (steps_.empty() || steps_.back().moves == Moves::no ||
            steps_.back().origin + (text_.size() - steps_.back().begin) != origin)
            steps_.push_back({text_.size(), origin, Moves::yes});
        text_ += bytes;
    }
    /// Bytes that an escape at `origin` stands for.
    void put(std::string_view bytes, std::size_t origin) {
        if (bytes.empty()) return;
        steps_.push_back({text_.size(), origin, Moves::no});
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

    /// What `inner` made of `outer`'s text, as made of what `outer` was made of.
    void follow(const Derived& inner, const Derived& outer) {
        text_ = inner.text_;
        steps_ = inner.steps_;
        made_ = inner.made_;
        for (Step& step : steps_) {
            step.origin = outer.origin(step.origin);
            step.moves = Moves::no;
        }
    }

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Where the byte at `offset` came from.
    [[nodiscard]] std::size_t origin(std::size_t offset) const {
        const auto after = std::ranges::upper_bound(steps_, offset, {}, &Step::begin);
        if (after == steps_.begin()) return 0;
        const Step& step = *(after - 1);
        return step.moves == Moves::yes ? step.origin + (offset - step.begin) : step.origin;
    }

private:
    enum class Moves : bool { no, yes };
    struct Step {
        std::size_t begin;
        std::size_t origin;
        Moves moves;
    };

    std::string text_;
    std::vector<Step> steps_;
    Made made_;
};

}  // namespace paywall::audit

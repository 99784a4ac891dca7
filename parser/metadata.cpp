#include "parser/metadata.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace paywall {
namespace {

constexpr std::size_t most_places = 4;  // of one window, so that the work stays linear

std::uint64_t hash_of(std::u32string_view characters) {
    std::uint64_t hash = 0;
    for (const char32_t c : characters) hash = hash * 0x100000001B3U + c;
    return hash;
}

/// Rolls a hash on by one character.
class Rolling {
public:
    explicit Rolling(std::size_t window) {
        for (std::size_t i = 1; i < window; ++i) power_ *= 0x100000001B3U;
    }
    void start(std::u32string_view characters) { hash_ = hash_of(characters); }
    void roll(char32_t out, char32_t in) { hash_ = (hash_ - out * power_) * 0x100000001B3U + in; }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = 0;
    std::uint64_t power_ = 1;
};

class LeakFinder {
public:
    LeakFinder(std::string_view text, const Metadata& metadata, const MetadataLimits& limits)
        : metadata_(metadata), limits_(limits), window_(limits.shortest()) {
        for (const auto& value : metadata.values) {
            values_.append(text.substr(value.offset, value.length), value.offset,
                           FoldedText::Escapes::all);
            values_.characters += U'\0';  // no run goes on into the next value
            values_.offsets.push_back(value.end());
        }
        index();
    }

    std::vector<Diagnostic> find() {
        const std::u32string_view paid = metadata_.paid.characters;
        if (paid.size() < window_ || places_.empty()) return {};
        Rolling hash(window_);
        hash.start(paid.substr(0, window_));
        for (std::size_t at = 0;;) {
            const auto end = judge(at, hash.value());
            if (end > at) {
                if (end + window_ > paid.size()) break;
                at = end;
                hash.start(paid.substr(at, window_));
                continue;
            }
            if (at + window_ >= paid.size()) break;
            hash.roll(paid[at], paid[at + window_]);
            ++at;
        }
        std::ranges::sort(leaks_, {}, [](const Diagnostic& leak) { return leak.span.offset; });
        return std::move(leaks_);
    }

private:
    void index() {
        const std::u32string_view characters = values_.characters;
        if (characters.size() < window_) return;
        for (std::size_t at = 0; at + window_ <= characters.size(); ++at) {
            auto& places = places_[hash_of(characters.substr(at, window_))];
            if (places.size() < most_places) places.push_back(at);
        }
    }

    /// On to where there is more to find: behind a leak, or a repeat so long that all of it has
    /// been judged; else the place itself.
    std::size_t judge(std::size_t paid, std::uint64_t hash) {
        const auto found = places_.find(hash);
        if (found == places_.end()) return paid;
        auto end = paid;
        for (const auto place : found->second) {
            const auto length = common(paid, place);
            if (length < window_) continue;
            const bool leaks = is_leak(paid, length);
            if (leaks) tell(place, length);
            if (leaks || length >= longest_judged()) end = std::max(end, paid + length);
        }
        return end;
    }

    /// A repeat so long has been judged as a whole, and all that is in it.
    [[nodiscard]] std::size_t longest_judged() const {
        return std::max({std::size_t{256}, limits_.run.dense, limits_.run.other});
    }

    [[nodiscard]] std::size_t common(std::size_t paid, std::size_t place) const {
        const auto& one = metadata_.paid.characters;
        const auto& other = values_.characters;
        std::size_t length = 0;
        while (paid + length < one.size() && place + length < other.size() &&
               one[paid + length] == other[place + length])
            ++length;
        return length;
    }

    [[nodiscard]] static bool reaches(std::u32string_view run, const MetadataLimit& limit) {
        const auto dense = static_cast<std::size_t>(std::ranges::count_if(run, is_dense));
        return dense * limit.other + (run.size() - dense) * limit.dense >=
               limit.dense * limit.other;
    }

    [[nodiscard]] bool is_leak(std::size_t paid, std::size_t length) const {
        const auto run = std::u32string_view(metadata_.paid.characters).substr(paid, length);
        if (reaches(run, limits_.run)) return !is_free_but_for_chance(run);
        const auto& ends = metadata_.paid.sentences;
        const auto first = std::ranges::lower_bound(ends, paid);
        auto from = paid == 0 ? 0 : first == ends.end() ? paid + length : *first;
        for (auto at = std::ranges::upper_bound(ends, from); at != ends.end(); ++at) {
            if (*at > paid + length) break;
            const auto sentence =
                std::u32string_view(metadata_.paid.characters).substr(from, *at - from);
            if (reaches(sentence, limits_.sentence) && !is_free(sentence)) return true;
            from = *at;
        }
        return false;
    }

    /// What the free text says as well is no secret.
    [[nodiscard]] bool is_free(std::u32string_view run) const {
        return metadata_.free.characters.find(run) != std::u32string::npos;
    }

    /// The same of a run that may go on by chance at both ends, into the words around it.
    [[nodiscard]] bool is_free_but_for_chance(std::u32string_view run) const {
        constexpr std::size_t chance = 4;
        if (run.size() <= 2 * chance) return is_free(run);
        if (!is_free(run.substr(chance, run.size() - 2 * chance))) return false;
        for (std::size_t front = 0; front <= chance; ++front)
            for (std::size_t back = 0; back <= chance; ++back)
                if (is_free(run.substr(front, run.size() - front - back))) return true;
        return false;
    }

    void tell(std::size_t place, std::size_t length) {
        const auto begin = values_.offsets[place];
        const auto end = values_.offsets[place + length];
        leaks_.push_back({.rule = Rule::metadata_leak, .span = {begin, end - begin}});
    }

    const Metadata& metadata_;
    const MetadataLimits& limits_;
    const std::size_t window_;  // the shortest repeat that any limit asks for
    FoldedText values_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> places_;
    std::vector<Diagnostic> leaks_;
};

}  // namespace

std::variant<MetadataLimit, std::string> MetadataLimit::parse(std::string_view text) {
    MetadataLimit limit{};
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, limit.dense);
    const bool has_comma = first.ec == std::errc() && first.ptr != end && *first.ptr == ',';
    const auto second = has_comma ? std::from_chars(first.ptr + 1, end, limit.other) : first;
    const auto fits = [](std::size_t one) { return one >= least && one <= most; };
    const bool is_pair = has_comma && second.ec == std::errc() && second.ptr == end;
    if (is_pair && fits(limit.dense) && fits(limit.other)) return limit;
    return "'" + std::string(text) + "' is no pair of numbers from " + std::to_string(least) +
           " to " + std::to_string(most) + " like 20,40";
}

std::string MetadataLimit::text() const {
    return std::to_string(dense) + "," + std::to_string(other);
}

bool is_worth_reading(const std::vector<Span>& values, const MetadataLimits& limits) {
    const auto shortest = limits.shortest();
    return std::ranges::any_of(values, [&](const Span& value) { return value.length >= shortest; });
}

std::vector<Diagnostic> find_leaks(std::string_view text, const Metadata& metadata,
                                   const MetadataLimits& limits) {
    return LeakFinder(text, metadata, limits).find();
}

}  // namespace paywall

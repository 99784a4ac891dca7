#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/winnow.hpp"
#include "parser/source.hpp"

namespace paywall::audit {

/// One paid segment of a source that is searched for.
struct PaidSegment {
    std::uint32_t source;        ///< the caller's number
    Location location;           ///< where its text begins
    std::size_t characters = 0;  ///< of its visible text in normal form
};

/// A run of paid text that a searched text holds: byte ranges of both.
struct Match {
    std::uint32_t segment;  ///< index in Index::segments()
    Span paid;              ///< of the index's text
    Span found;             ///< of the text that was searched
};

/// What is searched for: the paid text of all sources, in normal form, and its fingerprints.
/// Filled by one thread; once built, searched by any number.
class Index {
public:
    /// Runs of at least `units` are found (Amount::units); at least 8.
    explicit Index(std::size_t units);

    /// Adds a segment; its texts follow.
    void add_segment(const PaidSegment& segment);
    /// A text of the segment added last, in normal form.
    void add_text(std::string_view normal);
    /// Takes a run out: it may be published. Before build().
    void leave_out(Span paid);
    void build();

    /// Every run of a text in normal form that is paid text and reaches the threshold; in the
    /// order of their beginnings. Where several segments hold the same run, of one of them.
    [[nodiscard]] std::vector<Match> find(std::string_view normal) const;

    [[nodiscard]] const std::vector<PaidSegment>& segments() const { return segments_; }
    [[nodiscard]] std::size_t units() const { return units_; }
    /// How many characters of a segment these runs (ascending and apart) are: its readings hold
    /// the same text more than once, which counts once.
    [[nodiscard]] std::size_t count_characters(const std::vector<Span>& runs) const;
    /// All that is searched for: the same for the same texts.
    [[nodiscard]] std::string_view text() const { return text_; }
    /// A part of what was added.
    [[nodiscard]] std::string_view text(Span paid) const {
        return std::string_view(text_).substr(paid.offset, paid.length);
    }

private:
    class Finder;
    class Batch;

    static constexpr char separator = '\xFE';  // not the one of NormalText: these must not match
    static constexpr std::size_t most_text = std::size_t{0xFFFFFFFF};

    struct Stretch {
        std::size_t begin;
        std::uint32_t segment;
        bool is_first;  // of its segment: the visible text
    };
    /// A fingerprint's hash above, its offset in the text below: sorts by hash.
    using Entry = std::uint64_t;
    [[nodiscard]] static std::uint32_t hash_of(Entry entry) {
        return static_cast<std::uint32_t>(entry >> 32);
    }
    [[nodiscard]] static std::size_t offset_of(Entry entry) { return entry & 0xFFFFFFFF; }

    void select_all();
    void drop_repetitions();
    void make_directory();
    [[nodiscard]] std::string_view context(Entry entry) const;
    [[nodiscard]] bool may_hold(std::uint32_t hash) const {
        const std::size_t bit = hash >> filter_shift_;
        return (filter_[bit / 64] >> bit % 64 & 1U) != 0;
    }
    [[nodiscard]] const Stretch& stretch_at(std::size_t paid) const;
    [[nodiscard]] Match extend(std::size_t paid, std::string_view normal, std::size_t at) const;

    std::size_t units_;
    Winnow winnow_;
    std::vector<PaidSegment> segments_;
    std::vector<Stretch> stretches_;
    std::string text_;
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> directory_;  // where the entries with each leading bits begin
    unsigned directory_shift_ = 31;
    std::vector<std::uint64_t> filter_;  // which leading bits of hashes there are
    unsigned filter_shift_ = 26;
};

}  // namespace paywall::audit

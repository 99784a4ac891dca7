#include "audit/index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <unordered_map>

#include "audit/normal_form.hpp"

namespace paywall::audit {
namespace {

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// Leaves `growth` of room at a time, not as much again: old and new memory live side by side.
void append(std::string& text, std::string_view more) {
    if (text.size() + more.size() > text.capacity())
        text.reserve(text.size() + more.size() + text.size() / 16 + (std::size_t{1} << 16));
    text += more;
}

}  // namespace

Index::Index(std::size_t units) : units_(std::max<std::size_t>(units, 8)), winnow_(units_) {}

void Index::add_segment(const PaidSegment& segment) {
    segments_.push_back(segment);
}

void Index::add_text(std::string_view normal) {
    const auto segment = static_cast<std::uint32_t>(segments_.size() - 1);
    if (normal.size() < units_) return;
    if (text_.size() + normal.size() >= most_text)
        throw std::length_error("more than 4 GiB of paid text");
    const bool is_first = stretches_.empty() || stretches_.back().segment != segment;
    stretches_.push_back({text_.size(), segment, is_first});
    append(text_, normal);
    text_ += separator;
}

void Index::leave_out(Span paid) {
    std::fill_n(text_.begin() + static_cast<std::ptrdiff_t>(paid.offset), paid.length, separator);
}

void Index::build() {
    select_all();
    drop_repetitions();
    make_directory();
}

void Index::select_all() {
    const auto stretch = [this](std::size_t i) {
        const std::size_t end = i + 1 < stretches_.size() ? stretches_[i + 1].begin : text_.size();
        return std::string_view(text_).substr(stretches_[i].begin, end - stretches_[i].begin);
    };
    std::size_t count = 0;
    for (std::size_t i = 0; i < stretches_.size(); ++i)
        winnow_.select(stretch(i), [&](Fingerprint) { ++count; });
    entries_.clear();
    entries_.reserve(count);
    for (std::size_t i = 0; i < stretches_.size(); ++i)
        winnow_.select(stretch(i), [&](Fingerprint print) {
            entries_.push_back(Entry{print.hash} << 32 | (stretches_[i].begin + print.offset));
        });
    std::ranges::sort(entries_);
}

/// All that a run of just the threshold could hold around a fingerprint.
std::string_view Index::context(Entry entry) const {
    const std::size_t before = units_ - winnow_.gram();
    const std::size_t begin = offset_of(entry) - std::min(offset_of(entry), before);
    return std::string_view(text_).substr(begin, offset_of(entry) - begin + units_);
}

/// Of fingerprints whose contexts are the same, each finds what the other would: one is kept, so
/// that text that repeats itself does not make the search slow.
void Index::drop_repetitions() {
    auto kept = entries_.begin();
    for (auto group = entries_.begin(); group != entries_.end();) {
        const auto end = std::find_if(
            group, entries_.end(), [&](Entry entry) { return hash_of(entry) != hash_of(*group); });
        auto last = end;
        if (end - group > 1) {
            const auto by_context = [this](Entry entry) { return context(entry); };
            std::ranges::stable_sort(group, end, {}, by_context);
            last = std::unique(
                group, end, [&](Entry one, Entry other) { return context(one) == context(other); });
        }
        kept = std::move(group, last, kept);
        group = end;
    }
    entries_.erase(kept, entries_.end());
}

void Index::make_directory() {
    const auto bits =
        static_cast<unsigned>(std::clamp<std::size_t>(std::bit_width(entries_.size() / 8), 1, 30));
    directory_shift_ = 32 - bits;
    directory_.assign((std::size_t{1} << bits) + 1, 0);
    const unsigned filter_bits = std::min(32U, bits + 6);
    filter_shift_ = 32 - filter_bits;
    filter_.assign(std::size_t{1} << (filter_bits - 6), 0);
    for (const Entry entry : entries_) {
        ++directory_[(hash_of(entry) >> directory_shift_) + 1];
        const std::size_t bit = hash_of(entry) >> filter_shift_;
        filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    for (std::size_t i = 1; i < directory_.size(); ++i) directory_[i] += directory_[i - 1];
}

/// The longest run around two grams that are the same; whole characters only.
Match Index::extend(std::size_t paid, std::string_view normal, std::size_t at) const {
    const std::string_view text = text_;
    std::size_t before = 0;
    const std::size_t most_before = std::min(paid, at);
    while (before < most_before && text[paid - before - 1] == normal[at - before - 1]) ++before;
    std::size_t length = 0;
    const std::size_t most = std::min(text.size() - paid, normal.size() - at);
    while (length < most && text[paid + length] == normal[at + length]) ++length;
    std::size_t begin = at - before;
    std::size_t end = at + length;
    while (begin < end && continues_character(normal[begin])) ++begin;
    while (end > begin && end < normal.size() && continues_character(normal[end])) --end;
    while (end > begin && paid + (end - at) < text.size() &&
           continues_character(text[paid + (end - at)]))
        --end;
    const std::size_t paid_begin = paid + begin - at;
    return {stretch_at(paid_begin).segment, {paid_begin, end - begin}, {begin, end - begin}};
}

const Index::Stretch& Index::stretch_at(std::size_t paid) const {
    return *(std::ranges::upper_bound(stretches_, paid, {}, &Stretch::begin) - 1);
}

std::size_t Index::count_characters(const std::vector<Span>& runs) const {
    std::size_t visible = 0;
    std::size_t others = 0;
    std::size_t most = 0;  // that the others hold apart from what they repeat of each other
    std::size_t of_reading = 0;
    const Stretch* reading = nullptr;
    for (const Span run : runs) {
        const Stretch& stretch = stretch_at(run.offset);
        const std::size_t characters = measure(text(run)).characters;
        of_reading = &stretch == reading ? of_reading + characters : characters;
        reading = &stretch;
        (stretch.is_first ? visible : others) += characters;
        most = std::max({most, of_reading, segments_[stretch.segment].characters});
    }
    return std::max(visible, std::min(others, most));
}

/// One search. What lies within a run already found is not looked at again: neither the same run
/// at its next fingerprint, nor another like it of a segment that repeats itself.
class Index::Finder {
public:
    Finder(const Index& index, std::string_view normal) : index_(index), normal_(normal) {}

    void look_up(Fingerprint print) {
        const std::uint32_t bucket = print.hash >> index_.directory_shift_;
        const auto* entry = index_.entries_.data() + index_.directory_[bucket];
        const auto* end = index_.entries_.data() + index_.directory_[bucket + 1];
        for (; entry != end; ++entry)
            if (hash_of(*entry) == print.hash) try_entry(offset_of(*entry), print.offset);
    }

    [[nodiscard]] std::vector<Match> take() {
        std::ranges::stable_sort(found_, {}, [](const Match& match) { return match.found.offset; });
        return std::move(found_);
    }

private:
    void try_entry(std::size_t paid, std::size_t at) {
        const std::size_t gram = index_.winnow_.gram();
        const auto same_run = run_ends_.find(paid - at);
        if (same_run != run_ends_.end() && at < same_run->second) return;
        if (index_.text_.compare(paid, gram, normal_, at, gram) != 0) return;
        const std::uint32_t segment = index_.stretch_at(paid).segment;
        const auto last = last_runs_.find(segment);
        if (last != last_runs_.end() && last->second.offset + index_.units_ <= at + gram &&
            at + index_.units_ <= last->second.end())
            return;
        const Match match = index_.extend(paid, normal_, at);
        if (match.found.length < index_.units_) return;
        run_ends_[paid - at] = match.found.end();
        if (measure(normal_.substr(match.found.offset, match.found.length)).units < index_.units_)
            return;
        last_runs_[segment] = match.found;
        found_.push_back(match);
    }

    const Index& index_;
    std::string_view normal_;
    std::vector<Match> found_;
    std::unordered_map<std::size_t, std::size_t> run_ends_;  // by how far paid and found are apart
    std::unordered_map<std::uint32_t, Span> last_runs_;      // by segment
};

/// Fingerprints that wait to be looked up together: the index is larger than the processor's
/// caches, so all that is needed next is asked for before any of it is used.
class Index::Batch {
public:
    Batch(const Index& index, Finder& finder) : index_(index), finder_(finder) {}

    void add(Fingerprint print) {
        prefetch(&index_.filter_[(print.hash >> index_.filter_shift_) / 64]);
        prints_[size_++] = print;
        if (size_ == prints_.size()) flush();
    }

    void flush() {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            if (!index_.may_hold(prints_[i].hash)) continue;
            prefetch(&index_.directory_[prints_[i].hash >> index_.directory_shift_]);
            prints_[kept++] = prints_[i];
        }
        for (std::size_t i = 0; i < kept; ++i)
            prefetch(index_.entries_.data() +
                     index_.directory_[prints_[i].hash >> index_.directory_shift_]);
        for (std::size_t i = 0; i < kept; ++i) finder_.look_up(prints_[i]);
        size_ = 0;
    }

private:
    static void prefetch(const void* address) { __builtin_prefetch(address); }

    const Index& index_;
    Finder& finder_;
    std::array<Fingerprint, 64> prints_;
    std::size_t size_ = 0;
};

std::vector<Match> Index::find(std::string_view normal) const {
    if (entries_.empty()) return {};
    Finder finder(*this, normal);
    Batch batch(*this, finder);
    winnow_.select(normal, [&](Fingerprint print) { batch.add(print); });
    batch.flush();
    return finder.take();
}

}  // namespace paywall::audit

#include "tools/partwise.hpp"

#include <atomic>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "parser/grammar.hpp"
#include "parser/parts.hpp"
#include "tools/cutting.hpp"
#include "tools/file/reading.hpp"
#include "tools/in_order.hpp"

namespace paywall::tools {
namespace {

/// As much as stays in a processor's cache from reading to writing.
constexpr std::size_t part_size = std::size_t{1} << 20;

using Memory = std::unique_ptr<char[]>;

/// Memory that has been used is used again: new pages are dear.
class Pool {
public:
    Memory take() {
        const std::scoped_lock lock(mutex_);
        if (free_.empty()) return Memory(new char[part_size]);
        Memory memory = std::move(free_.back());
        free_.pop_back();
        return memory;
    }
    void give_back(Memory memory) {
        const std::scoped_lock lock(mutex_);
        free_.push_back(std::move(memory));
    }

private:
    std::mutex mutex_;
    std::vector<Memory> free_;
};

/// A part, and the text behind it that it is judged with.
struct Part {
    Memory memory;
    std::size_t size = 0;  ///< of the text
    std::size_t end = 0;   ///< of the part
    bool is_first = false;

    [[nodiscard]] std::string_view text() const { return {memory.get(), size}; }
};

/// What it came to; without editions: the source is to be cut as a whole.
struct CutPart {
    Memory memory;
    std::string_view bytes;
    bool is_first = false;
    Shares shares = {};
    Diagnostics warnings = {};
    std::optional<Edition> preview = {};
    std::optional<Edition> full = {};
};

/// Reads an open source part by part.
class PartReader {
public:
    PartReader(const Parser& parser, const Descriptor& source, const std::string& shown, Pool& pool)
        : parser_(parser), source_(source), shown_(shown), pool_(pool) {}

    /// None at the end, or where no part can end: then it is stuck.
    std::optional<Part> next() {
        if (is_done_) return std::nullopt;
        Part part{.memory = pool_.take(), .is_first = is_first_};
        is_first_ = false;
        std::memcpy(part.memory.get(), rest_.data(), rest_.size());
        const auto room = part_size - rest_.size();
        const auto got = read_into(source_, part.memory.get() + rest_.size(), room, shown_);
        part.size = part.end = rest_.size() + got;
        is_done_ = got < room;
        if (is_done_) return part;
        part.end = find_part_end(parser_, part.text());
        rest_ = part.text().substr(part.end);
        if (part.end > 0) return part;
        is_done_ = is_stuck_ = true;
        return std::nullopt;
    }

    [[nodiscard]] bool is_stuck() const { return is_stuck_; }

private:
    const Parser& parser_;
    const Descriptor& source_;
    const std::string& shown_;
    Pool& pool_;
    std::string rest_;  // what was read behind the last part
    bool is_first_ = true;
    bool is_done_ = false;
    bool is_stuck_ = false;
};

/// How parts are read: as text. That a source of another kind is, its first part tells.
ParseOptions part_options(ParseOptions options, bool is_first) {
    options.largest_markup = 0;
    if (!is_first) options.content = Content::text;
    return options;
}

/// Has a part nothing to say but, the first one, that it was read as text?
bool is_silent(const Document& document, bool is_first, Content content) {
    const auto& warnings = document.warnings;
    if (!is_first || content == Content::text) return warnings.warnings == 0;
    const bool is_told = warnings.warnings == 1 && warnings.kept.size() == 1 &&
                         warnings.kept.front().rule == Rule::read_as_text;
    return document.segments.size() > 1 && (is_told || warnings.warnings == 0);
}

class PartCutter {
public:
    PartCutter(const Settings& settings, ParseOptions options)
        : settings_(settings),
          first_(part_options(options, true)),
          others_(part_options(options, false)) {
        render_.cut = settings.cut;
        render_.placeholder = settings.placeholder ? &*settings.placeholder : nullptr;
    }

    CutPart operator()(Part& part) const {
        CutPart cut{.memory = std::move(part.memory), .bytes = {}, .is_first = part.is_first};
        const std::string_view text(cut.memory.get(), part.size);
        cut.bytes = text.substr(0, part.end);
        const auto& options = part.is_first ? first_ : others_;
        auto document = parse_part(settings_.parser, text, part.end, options);
        if (!document || !is_silent(*document, part.is_first, first_.content)) return cut;
        auto preview = render(*document, settings_.preview_reader, render_);
        auto full = render(*document, settings_.full_reader, render_);
        if (preview.index() != 0 || full.index() != 0) return cut;
        cut.preview = std::get<Edition>(std::move(preview));
        cut.full = std::get<Edition>(std::move(full));
        cut.shares = shares_of(*document, settings_.cut);
        cut.warnings = std::move(document->warnings);
        return cut;
    }

private:
    const Settings& settings_;
    ParseOptions first_;
    ParseOptions others_;
    RenderOptions render_;
};

}  // namespace

bool goes_in_parts(const Options& options, const Settings& all_settings, std::string_view name,
                   std::size_t size) {
    if (size < least_for_parts || !options.writes_directories() || options.report ||
        options.dry_run == DryRun::yes)
        return false;
    const Settings& settings = all_settings.of(name);
    const bool has_fields = settings.placeholder && settings.placeholder->has_fields();
    if (settings.converter || has_fields) return false;
    const auto parsing = parse_options(settings, name);
    const bool is_text = parsing.content == Content::text || size > parsing.largest_markup;
    return is_text && is_divisible(settings.parser.grammar().dialect(), parsing);
}

std::optional<PartwiseCut> cut_in_parts(const Options& options, const Settings& all_settings,
                                        const Descriptor& source, std::string_view name,
                                        const std::string& shown, const TakeEditions& take) {
    const Settings& settings = all_settings.of(name);
    const PartCutter cutter(settings, parse_options(settings, name));
    Pool pool;
    PartReader reader(settings.parser, source, shown, pool);
    PartwiseCut whole;
    DigestMaker digest;
    std::exception_ptr failure;  // of the machine
    std::atomic<bool> is_over = false;
    const auto guarded = [&](const auto& step) {
        try {
            step();
        } catch (...) {  // reading and writing may fail at the same time
            if (!is_over.exchange(true)) failure = std::current_exception();
        }
    };
    const auto next = [&] {
        std::optional<Part> part;
        if (!is_over) guarded([&] { part = reader.next(); });
        return part;
    };
    const auto add = [&](CutPart& part) {
        if (is_over) return;
        if (!part.full) {
            is_over = true;
            return;
        }
        if (options.keeps_state()) digest.add(part.bytes);
        if (part.is_first && part.warnings.warnings > 0) {
            whole.warnings = std::move(part.warnings);
            whole.beginning = part.bytes;
        }
        whole.shares.join(part.shares);
        guarded([&] { take(*part.preview, *part.full); });
        pool.give_back(std::move(part.memory));
    };
    run_in_order<Part, CutPart, PartCutter>(
        options.jobs, next, [&] { return std::make_unique<PartCutter>(cutter); }, add);
    if (failure) std::rethrow_exception(failure);
    if (is_over || reader.is_stuck()) return std::nullopt;
    if (options.keeps_state()) whole.content = digest.digest();
    return whole;
}

}  // namespace paywall::tools

#include "tools/audit_sources.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "audit/asset_links.hpp"
#include "audit/explorer.hpp"
#include "audit/markup.hpp"
#include "audit/normal_text.hpp"
#include "audit/paid_text.hpp"
#include "tools/cutting.hpp"
#include "tools/in_order.hpp"
#include "tools/source_reader.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {
namespace {

using audit::Amount;
using audit::Finding;
using audit::FindingRule;

/// Is it not for those whom the published files are for?
bool is_paid(const Document& document, const Segment& segment, const Reader& reader) {
    return !document.accesses.admits(segment.access, reader);
}

enum class Gated { no, yes };

/// The plans that a document names.
std::set<std::string> plans_of(const Document& document) {
    std::set<std::string> plans;
    for (const Segment& segment : document.segments)
        if (segment.access.plans != 0)
            plans.merge(document.accesses.audience(segment.access).plans.names);
    return plans;
}

std::string_view utf8_of(const Document& document, Span span) {
    const Span decoded = document.text.to_utf8(span);
    return document.text.utf8().substr(decoded.offset, decoded.length);
}

/// Where the text of a segment begins: behind white space.
std::size_t text_begin(const Document& document, Span content) {
    const Span decoded = document.text.to_utf8(content);
    const auto text = document.text.utf8().substr(decoded.offset, decoded.length);
    const std::size_t spaces = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    return document.text.to_source(decoded.offset + spaces);
}

struct ReadSegment {
    Location location;
    Amount amount;
    std::vector<std::string> readings;
};

/// What one source gave, for the thread that fills the index.
struct ReadSource {
    std::string name;
    std::optional<std::string> failure;
    std::optional<Location> fault;  ///< it is refused
    std::vector<ReadSegment> paid;
    std::vector<PaidAsset> paid_assets;
    std::vector<std::string> free_assets;
    std::set<std::string> plans;
    PaidShare share;
};

/// Reads sources for their paid text. One for every worker.
class PaidReader {
public:
    PaidReader(const Sources& sources, const Settings& settings, const Reader& audience,
               std::size_t units)
        : sources_(sources),
          settings_(settings),
          audience_(audience),
          units_(units),
          reader_(sources) {}

    ReadSource operator()(const SourceFile& file) {
        ReadSource result;
        result.name = sources_.shown(file);
        try {
            read_paid(file, result);
        } catch (const std::exception& error) {
            result.failure = error.what();
        }
        return result;
    }

private:
    void read_paid(const SourceFile& file, ReadSource& result) {
        const auto bytes = reader_.read(file);
        const std::string name = sources_.relative(file);
        const auto parsed = parse_source(settings_, bytes, name);
        const Source lines(bytes, settings_.of(name).parse.encoding);
        if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
            const auto& kept = faults->kept;
            result.fault = kept.empty() ? Location{} : lines.locate(kept.front().span.offset);
            return;
        }
        const auto& document = std::get<Document>(parsed);
        result.plans = plans_of(document);
        // … also where it is too large to be cut as that.
        const auto content = parse_options(settings_.of(name), name).content;
        for (const Segment& segment : document.segments) {
            const auto text = utf8_of(document, segment.content);
            const Location location = lines.locate(text_begin(document, segment.content));
            const bool paid = is_paid(document, segment, audience_);
            read_assets(text, paid ? Gated::yes : Gated::no, location, file, result);
            auto readings = audit::readings_of(text, content, units_, form_);
            Amount amount = audit::measure(readings.front());
            result.share.all += amount.characters;
            if (!paid) continue;
            ++result.share.sections;
            result.share.paid += amount.characters;
            if (amount.characters == 0 && is_blank(text)) continue;
            // What shows no text is measured by what else it says.
            for (std::size_t i = 1; amount.characters == 0 && i < readings.size(); ++i)
                amount = audit::measure(readings[i]);
            result.paid.push_back({location, amount, std::move(readings)});
        }
    }

    /// Is there nothing in it at all, not even in markup?
    [[nodiscard]] bool is_blank(std::string_view text) {
        audit::NormalText normal(form_);
        audit::append_resolved(normal, text, 0);
        return normal.bytes().empty();
    }

    void read_assets(std::string_view text, Gated gated, Location location, const SourceFile& file,
                     ReadSource& result) const {
        const SourceDirectory& directory = sources_.directories[file.directory];
        const bool named = directory.root == SourceDirectory::named;
        const std::string root = named ? "" : sources_.roots[directory.root].shown();
        for (const auto& link : audit::asset_links(text)) {
            std::string path = audit::asset_path(sources_.relative(file), link);
            if (gated == Gated::yes) {
                const auto digest = digest_of_asset(root, path);
                result.paid_assets.push_back({std::move(path), digest, result.name, location});
            } else {
                result.free_assets.push_back(std::move(path));
            }
        }
    }

    const Sources& sources_;
    const Settings& settings_;
    const Reader& audience_;
    std::size_t units_;
    SourceReader reader_;
    audit::NormalForm form_;
};

/// Paid text that stands in the free text of a source.
struct FreeCopies {
    std::string name;
    std::vector<audit::Leak> leaks;
};

/// Searches the free text of sources. One for every worker.
class FreeReader {
public:
    FreeReader(const Sources& sources, const Settings& settings, const Reader& audience,
               const audit::Index& index)
        : sources_(sources),
          settings_(settings),
          audience_(audience),
          reader_(sources),
          explorer_(index, {}) {}

    /// A source that cannot be read has been told of.
    FreeCopies operator()(const SourceFile& file) {
        try {
            const auto bytes = reader_.read(file);
            const auto parsed = parse_source(settings_, bytes, sources_.relative(file));
            const auto* document = std::get_if<Document>(&parsed);
            if (document == nullptr) return {};
            const std::string free = without_paid(*document);
            return {sources_.shown(file), explorer_.explore(free, file.name).leaks};
        } catch (const std::exception&) {
            return {};
        }
    }

private:
    /// The text with blanks, character by character, for all that is not free: lines and columns
    /// stay what they are. What parts were apart do not join: the first blank is a character.
    [[nodiscard]] std::string without_paid(const Document& document) const {
        std::string text;
        std::size_t end = 0;
        const auto utf8 = document.text.utf8();
        const auto blank = [&](std::size_t to) {
            std::string_view sign = "\uFFFD";
            for (; end < to; ++end) {
                const char c = utf8[end];
                if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80) continue;
                const bool line_end = c == '\n' || c == '\r';
                text.append(line_end ? std::string_view(&c, 1) : sign);
                if (!line_end) sign = " ";
            }
        };
        for (const Segment& segment : document.segments) {
            if (is_paid(document, segment, audience_)) continue;
            const Span span = document.text.to_utf8(segment.exact);
            blank(span.offset);
            text += utf8.substr(span.offset, span.length);
            end = span.end();
        }
        blank(utf8.size());
        return text;
    }

    const Sources& sources_;
    const Settings& settings_;
    const Reader& audience_;
    SourceReader reader_;
    audit::Explorer explorer_;
};

class Reading {
public:
    Reading(const Options& options, const Settings& settings, Accepted& known, Console& console)
        : options_(options),
          settings_(settings),
          known_(known),
          console_(console),
          result_(options.audit.min_chars) {}

    AuditedSources read(const Sources& sources) {
        result_.count = sources.files.size();
        result_.skipped = sources.skipped;
        index_paid(sources);
        judge_plan();
        result_.index.build();
        result_.assets.settle();
        find_free_copies(sources);
        leave_out_known();
        return std::move(result_);
    }

private:
    template <typename Worker, typename Result, typename... Arguments>
    void for_each_source(const Sources& sources, const std::function<void(Result&)>& hand_over,
                         const Arguments&... arguments) {
        std::size_t next = 0;
        run_in_order<SourceFile, Result, Worker>(
            options_.jobs,
            [&] {
                return next == sources.files.size() ? std::nullopt
                                                    : std::optional(sources.files[next++]);
            },
            [&] {
                return std::make_unique<Worker>(sources, settings_, options_.audit.reader,
                                                arguments...);
            },
            hand_over);
    }

    void index_paid(const Sources& sources) {
        for_each_source<PaidReader, ReadSource>(
            sources, [this](ReadSource& source) { add(source); }, result_.index.units());
    }

    void add(ReadSource& source) {
        if (source.failure) return console_.fail(*source.failure);
        if (source.fault) {
            result_.refused.push_back(source.name);
            report({.rule = FindingRule::source_not_audited,
                    .path = source.name,
                    .location = *source.fault});
            return;
        }
        plans_.merge(source.plans);
        const auto number = static_cast<std::uint32_t>(result_.names.size());
        for (const auto& segment : source.paid) {
            if (segment.amount.units < result_.index.units())
                result_.uncovered.push_back(
                    {source.name, segment.location, segment.amount.characters});
            result_.index.add_segment({number, segment.location, segment.amount.characters});
            for (const auto& reading : segment.readings) result_.index.add_text(reading);
        }
        if (source.share.sections > 0) result_.shares.add(source.name, source.share);
        for (auto& asset : source.paid_assets) result_.assets.add_paid(std::move(asset));
        for (auto& path : source.free_assets) result_.assets.add_free(std::move(path));
        result_.names.push_back(std::move(source.name));
    }

    /// With a misspelt plan nearly all would be taken for what its payers may read.
    void judge_plan() const {
        const std::string& plan = options_.audit.reader.plan;
        if (plan.empty() || plans_.contains(plan)) return;
        if (options_.project && std::ranges::find(options_.project->plans, plan, &PlanTree::plan) !=
                                    options_.project->plans.end())
            return;
        throw UsageError("--as: no source names the plan '" + plan + "', nor does the project");
    }

    void find_free_copies(const Sources& sources) {
        for_each_source<FreeReader, FreeCopies>(
            sources,
            [this](FreeCopies& copies) {
                for (const auto& leak : copies.leaks) add(copies.name, leak);
            },
            result_.index);
    }

    void add(const std::string& name, const audit::Leak& leak) {
        const auto& segment = result_.index.segments()[leak.segment];
        const Finding finding{.rule = FindingRule::paid_elsewhere_free,
                              .path = name,
                              .location = leak.location,
                              .layer = {},
                              .source = result_.names[segment.source],
                              .source_location = segment.location,
                              .characters = result_.index.count_characters(leak.paid),
                              .of = segment.characters,
                              .locator = leak.locator};
        if (report(finding)) return;
        for (const Span run : leak.paid) accepted_.emplace_back(result_.index.text(run));
    }

    /// What is accepted as free may stand in other readings and segments as well, which the index
    /// shows only when the first is gone.
    void leave_out_known() {
        for (bool found = !accepted_.empty(); found;) {
            found = false;
            for (const auto& text : accepted_) {
                for (const auto& match : result_.index.find(text)) {
                    result_.index.leave_out(match.paid);
                    found = true;
                }
            }
            if (found) result_.index.build();
        }
    }

    /// False where the finding is accepted.
    bool report(Finding finding) {
        if (known_.accepts(finding)) return false;
        result_.findings.push_back(std::move(finding));
        return true;
    }

    const Options& options_;
    const Settings& settings_;
    Accepted& known_;
    Console& console_;
    AuditedSources result_;
    std::set<std::string> plans_;        // that sources name
    std::vector<std::string> accepted_;  // texts that may be published
};

}  // namespace

AuditedSources read_audited_sources(const Options& options, const Settings& settings,
                                    Accepted& known, Console& console) {
    Options content = options;
    content.paths = options.audit.against;
    content.shard = {};  // the published files are parted: each part is searched for all
    const Sources sources = find_sources(content);
    for (const auto& failure : sources.failures) console.fail(failure);
    return Reading(options, settings, known, console).read(sources);
}

}  // namespace paywall::tools

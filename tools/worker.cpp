#include "tools/worker.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <system_error>

#include "tools/account.hpp"
#include "tools/file/replacing.hpp"
#include "tools/file/writing.hpp"
#include "tools/mending.hpp"
#include "tools/partwise.hpp"

namespace paywall::tools {
namespace {

Verdict verdict_of(const OutputFates& outputs) {
    const bool written = std::any_of(outputs.begin(), outputs.end(), [](const auto& output) {
        return output && output->change == Change::written;
    });
    return written ? Verdict::written : Verdict::unchanged;
}

/// A source that was there before and needs no second look.
void stay(const Known& known, Fate& fate) {
    fate.verdict = Verdict::unchanged;
    fate.bytes = known.source.size;
    fate.shares = known.shares;
    fate.account = known.account;
    for (std::size_t i = 0; i < known.outputs.size(); ++i)
        if (known.outputs[i])
            fate.outputs[i] = {Change::unchanged, known.outputs[i]->size, known.outputs[i]};
}

}  // namespace

Worker::Worker(const Job& job, unsigned number)
    : job_(job), temporary_(temporary_name(number)), outputs_(job.options, job.trees, number) {}

Fate Worker::process(const SourceFile& file, const Before& known) {
    Fate fate;
    try {
        settle(file, job_.options.force == Force::yes ? std::nullopt : known, fate);
    } catch (const std::exception& error) {
        fail(file, error, fate);
    }
    return fate;
}

/// By an error of the machine: system_error, bad_alloc.
void Worker::fail(const SourceFile& file, const std::exception& error, Fate& fate) const {
    // Errors of the system name a path; others do not.
    const bool named = dynamic_cast<const std::system_error*>(&error) != nullptr;
    fate.verdict = Verdict::failed;
    fate.failure = named ? error.what() : job_.sources.shown(file) + ": " + error.what();
    fate.outputs = {};
    fate.known.reset();
    fate.said.error += failure_line(fate.failure);
}

void Worker::enter_alone(const SourceDirectory& directory) {
    outputs_.enter_alone(directory.relative);
}

void Worker::leave(std::span<const SourceFile> files, std::vector<Fate>& fates) {
    try {
        outputs_.leave();
    } catch (const std::exception& error) {
        for (std::size_t i = 0; i < fates.size(); ++i)
            if (fates[i].verdict == Verdict::written) fail(files[i], error, fates[i]);
    }
}

void Worker::tell_verdict(const SourceFile& file, Fate& fate) const {
    if (job_.options.verbosity != Verbosity::verbose) return;
    if (fate.verdict != Verdict::written && fate.verdict != Verdict::unchanged) return;
    fate.said.error +=
        note_line(job_.sources.shown(file),
                  job_.options.writes_directories() || job_.options.command == Command::convert
                      ? verdict_name(fate.verdict)
                  : fate.verdict == Verdict::written ? "fixed"
                                                     : "sound");
}

void Worker::settle(const SourceFile& file, const Before& known, Fate& fate) {
    const bool same_settings = known && known->settings == job_.settings.fingerprint;
    if (same_settings && is_unchanged(file, *known)) return stay(*known, fate);
    if (file.role == FileRole::asset)
        copy_asset(file, fate);
    else
        cut_source(file, known, fate);
    if (!job_.options.keeps_state() || !fate.known) return;
    fate.known->settings = job_.settings.fingerprint;
    fate.known->shares = fate.shares;
    fate.known->account = fate.account;
    for (std::size_t i = 0; i < fate.outputs.size(); ++i)
        if (fate.outputs[i]) fate.known->outputs[i] = fate.outputs[i]->now;
}

/// One that has something to tell is cut again, to tell it again.
bool Worker::is_unchanged(const SourceFile& file, const Known& known) {
    const bool silent = known.judged == Judged::sound || known.judged == Judged::asset;
    if (!silent || (known.judged == Judged::asset) != (file.role == FileRole::asset)) return false;
    if (lacks_account(known)) return false;
    const auto now = enter(job_.sources.directories[file.directory]).status_of(file.name);
    return now && *now == known.source &&
           outputs_.are_intact(place_of(file), known, copies_go(file));
}

/// A report asks for more than runs without one have left.
bool Worker::lacks_account(const Known& known) const {
    return job_.options.report && known.judged != Judged::asset && known.account.empty();
}

CopyTo Worker::copies_go(const SourceFile& file) const {
    const bool is_withheld = file.role == FileRole::asset && job_.assets != nullptr &&
                             job_.assets->withholds(job_.sources.relative(file));
    return is_withheld ? CopyTo::full_editions : CopyTo::all;
}

void Worker::copy_asset(const SourceFile& file, Fate& fate) {
    check_use_is_known(file);
    const SourceDirectory& directory = job_.sources.directories[file.directory];
    const auto copy = [&](const Descriptor& opened, const FileStatus& status) {
        fate.outputs = outputs_.copy(opened, status, place_of(file), copies_go(file));
    };
    const FileStatus status = read_steadily(enter(directory), file.name, links_of(directory), copy);
    fate.verdict = verdict_of(fate.outputs);
    fate.bytes = status.size;
    tell_withheld(file, fate);
    fate.known = Known{.source = status, .judged = Judged::asset};
}

/// What was copied before stays as it is where the next run may know more.
void Worker::check_use_is_known(const SourceFile& file) const {
    if (job_.assets == nullptr) return;
    const auto why = job_.assets->unknown(job_.sources.relative(file));
    if (why.empty()) return;
    throw std::runtime_error("not known whether only paid parts use it: " + std::string(why));
}

/// Earlier copies that are deleted are always told of.
void Worker::tell_withheld(const SourceFile& file, Fate& fate) const {
    if (copies_go(file) == CopyTo::all) return;
    const bool removed = std::ranges::any_of(fate.outputs, [](const auto& output) {
        return output && output->change == Change::removed;
    });
    if (removed || job_.options.verbosity == Verbosity::verbose)
        fate.said.error += note_line(job_.sources.shown(file),
                                     removed ? "only paid parts use it: earlier copy deleted"
                                             : "only paid parts use it: full editions only");
}

/// A large source that is cut part by part: its editions are written while it is read.
struct Worker::Parts {
    std::optional<Outputs::Draft> draft;
    std::optional<PartwiseCut> cut;
};

/// A source's bytes; none where it could be cut in parts.
Contents Worker::read(const SourceFile& file, Parts& parts) {
    const SourceDirectory& from = job_.sources.directories[file.directory];
    const Directory& directory = enter(from);
    const std::string shown = directory.path_of(file.name);
    Contents contents;
    const auto use = [&](const Descriptor& opened, const FileStatus& status) {
        contents.bytes = {};
        parts.cut.reset();
        if (!goes_in_parts(job_.options, job_.settings, name_, status.size)) {
            contents.bytes = read_rest(opened, status.size, shown, buffer_);
            return;
        }
        parts.draft.emplace(outputs_, place_of(file));
        parts.cut = cut_in_parts(job_.options, job_.settings, opened, name_, shown,
                                 [&](const Edition& preview, const Edition& full) {
                                     parts.draft->append(EditionKind::preview, preview);
                                     parts.draft->append(EditionKind::full, full);
                                 });
        if (parts.cut) return;
        parts.draft.reset();
        contents.bytes = read_open(opened, shown, buffer_, status.size);
    };
    contents.status = read_steadily(directory, file.name, links_of(from), use);
    return contents;
}

void Worker::put_parts(const SourceFile& file, Parts& parts, const FileStatus& status,
                       const Before& known, Fate& fate) {
    const PartwiseCut& cut = *parts.cut;
    fate.bytes = status.size;
    fate.shares = cut.shares;
    const bool silent = cut.warnings.warnings == 0;
    if (!silent) {
        Cutting told;
        told.diagnostics = cut.warnings;
        fate.said += report(job_.reporting, job_.sources.shown(file), cut.beginning, told);
    }
    fate.outputs = outputs_.put(*parts.draft, known);
    fate.verdict = verdict_of(fate.outputs);
    fate.known = Known{.source = status,
                       .content = cut.content,
                       .judged = silent ? Judged::sound : Judged::warned};
}

void Worker::cut_source(const SourceFile& file, const Before& known, Fate& fate) {
    name_ = join(job_.sources.directories[file.directory].relative, file.name);
    Parts parts;
    const Contents contents = read(file, parts);
    if (parts.cut) return put_parts(file, parts, contents.status, known, fate);
    fate.bytes = contents.bytes.size();
    const Digest digest = job_.options.keeps_state() ? digest_of(contents.bytes) : Digest{};
    if (known && known->judged == Judged::sound && known->content == digest &&
        known->settings == job_.settings.fingerprint && !lacks_account(*known) &&
        outputs_.are_intact(place_of(file), *known, CopyTo::all)) {  // touched, but not changed
        stay(*known, fate);
        fate.known = Known{.source = contents.status, .content = digest};
        return;
    }
    const Cutting cutting = cut(job_.settings, contents.bytes, name_);
    ReportOptions reporting = job_.reporting;
    reporting.encoding = job_.settings.of(name_).parse.encoding;
    if (job_.options.rewrites_sources()) reporting.fixed = Fixed::no;
    const bool mends = job_.options.fixing != Fixing::none && cutting.refused();
    if (mends && mend_source(file, contents, reporting, fate)) return;
    const bool silent = cutting.diagnostics.errors + cutting.diagnostics.warnings == 0;
    if (!silent || job_.options.command == Command::inspect)
        fate.said += report(reporting, job_.sources.shown(file), contents.bytes, cutting);
    if (job_.options.report)
        fate.diagnostics = diagnostics_json(reporting, contents.bytes, cutting.diagnostics);
    if (cutting.full && job_.options.command == Command::convert && job_.options.backup) {
        const auto converted = cutting.full->text();
        fate.verdict = converted == contents.bytes ? Verdict::unchanged : Verdict::written;
        if (fate.verdict == Verdict::written) rewrite(file, contents.status, converted);
        return;
    }
    put_editions(file, cutting, known, fate);
    const auto judged = cutting.refused() ? Judged::refused
                        : silent          ? Judged::sound
                                          : Judged::warned;
    fate.known = Known{.source = contents.status, .content = digest, .judged = judged};
}

bool Worker::mend_source(const SourceFile& file, const Contents& contents,
                         const ReportOptions& reporting, Fate& fate) {
    const std::string shown = job_.sources.shown(file);
    const Directory& directory = enter(job_.sources.directories[file.directory]);
    const Mending mending = mend(job_.settings, contents.bytes, name_);
    const auto named = directory.status_of(file.name);
    const bool is_link = named && named->kind == EntryKind::link;
    const std::string why_not =
        mending.bytes && is_link ? "it is a symbolic link" : mending.why_not;
    if (!why_not.empty()) fate.said.error += note_line(shown, "not fixed: " + why_not);
    if (!mending.bytes || is_link) return false;
    if (job_.options.shows_fixes())
        fate.said.output += diff_of(reporting, shown, contents.bytes, mending.fixed);
    if (!job_.options.rewrites_sources()) return false;
    rewrite(file, contents.status, *mending.bytes);
    fate.verdict = Verdict::written;
    fate.said += report_fixes(reporting, shown, contents.bytes, mending.fixed);
    const Cutting cutting = cut(job_.settings, *mending.bytes, name_);
    fate.said += report(reporting, shown, *mending.bytes, cutting);
    return true;
}

void Worker::rewrite(const SourceFile& file, const FileStatus& seen, std::string_view bytes) {
    const auto& suffix = job_.options.backup;
    replace_file({.directory = enter(job_.sources.directories[file.directory]),
                  .name = file.name,
                  .seen = seen,
                  .bytes = bytes,
                  .backup = suffix ? std::optional(file.name + *suffix) : std::nullopt,
                  .temporary = temporary_});
}

void Worker::put_editions(const SourceFile& file, const Cutting& cutting, const Before& known,
                          Fate& fate) {
    if (!cutting.refused()) {
        if (job_.options.report)
            fate.account = account_members(account_of(cutting, job_.options.excerpt));
        fate.shares = shares_of(*cutting.document, job_.settings.cut);
        fate.outputs = outputs_.write(cutting, place_of(file), known);
        fate.verdict = verdict_of(fate.outputs);
        return;
    }
    fate.verdict = Verdict::refused;
    fate.outputs = outputs_.withdraw(place_of(file), known);
    const std::string told = tell_earlier(job_.options, fate.outputs, "earlier ");
    if (!told.empty()) fate.said.error += note_line(job_.sources.shown(file), "refused: " + told);
}

const Directory& Worker::enter(const SourceDirectory& directory) {
    if (directory.root != SourceDirectory::named) {
        const Directory& root = job_.sources.roots[directory.root];
        if (!cursor_ || &cursor_->root() != &root) cursor_.emplace(root);
        return *cursor_->enter(directory.relative, Missing::fail);
    }
    if (named_directory_ != &directory) {
        named_directory_ = nullptr;
        named_ = Directory::open(directory.shown.empty() ? "." : directory.shown);
        named_directory_ = &directory;
    }
    return *named_;
}

Links Worker::links_of(const SourceDirectory& directory) const {
    return directory.root == SourceDirectory::named ? Links::follow : Links::refuse;
}

OutputPlace Worker::place_of(const SourceFile& file) const {
    return {job_.sources.directories[file.directory].relative, file.name};
}

}  // namespace paywall::tools

#pragma once

#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/fate.hpp"
#include "tools/file/cursor.hpp"
#include "tools/file/reading.hpp"
#include "tools/outputs.hpp"
#include "tools/paid_assets.hpp"
#include "tools/settings.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// What all workers of a run share. Nothing of it changes meanwhile.
struct Job {
    const Options& options;
    const Settings& settings;
    const ReportOptions& reporting;
    const Sources& sources;
    const OutputTrees& trees;
    const PaidAssets* assets = nullptr;  ///< what only full editions get; none: all is copied
};

/// One thread's hands: its buffer and its places in the trees.
class Worker {
public:
    Worker(const Job& job, unsigned number);

    /// Makes of a source what is to be made of it. The machine's errors become a verdict, too.
    [[nodiscard]] Fate process(const SourceFile& file, const std::optional<Known>& known);

    /// Every file that goes to the outputs' directory of that name comes now, and to this worker.
    void enter_alone(const SourceDirectory& directory);
    /// They have come, and what they came to. Those of which the outputs cannot be put in place
    /// have failed.
    void leave(std::span<const SourceFile> files, std::vector<Fate>& fates);
    /// With --verbose: adds the verdict to what is said.
    void tell_verdict(const SourceFile& file, Fate& fate) const;

private:
    using Before = std::optional<Known>;

    void settle(const SourceFile& file, const Before& known, Fate& fate);
    void fail(const SourceFile& file, const std::exception& error, Fate& fate) const;
    void copy_asset(const SourceFile& file, Fate& fate);
    void check_use_is_known(const SourceFile& file) const;
    void tell_withheld(const SourceFile& file, Fate& fate) const;
    void cut_source(const SourceFile& file, const Before& known, Fate& fate);
    void put_editions(const SourceFile& file, const Cutting& cutting, const Before& known,
                      Fate& fate);
    /// Shows or applies the fixes of a refused source. Is it sound now?
    [[nodiscard]] bool mend_source(const SourceFile& file, const Contents& contents,
                                   const ReportOptions& reporting, Fate& fate);
    void rewrite(const SourceFile& file, const FileStatus& seen, std::string_view bytes);
    struct Parts;
    [[nodiscard]] Contents read(const SourceFile& file, Parts& parts);
    void put_parts(const SourceFile& file, Parts& parts, const FileStatus& status,
                   const Before& known, Fate& fate);

    /// Where sources of that directory lie; and how their names are followed.
    const Directory& enter(const SourceDirectory& directory);
    [[nodiscard]] Links links_of(const SourceDirectory& directory) const;
    [[nodiscard]] bool is_unchanged(const SourceFile& file, const Known& known);
    [[nodiscard]] bool lacks_account(const Known& known) const;
    [[nodiscard]] CopyTo copies_go(const SourceFile& file) const;
    [[nodiscard]] OutputPlace place_of(const SourceFile& file) const;

    const Job& job_;
    std::string temporary_;  // a name for the file that is to take a source's place
    Buffer buffer_;
    std::string name_;
    std::optional<Cursor> cursor_;
    std::optional<Directory> named_;
    const SourceDirectory* named_directory_ = nullptr;
    Outputs outputs_;
};

}  // namespace paywall::tools

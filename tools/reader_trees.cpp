#include "tools/reader_trees.hpp"

#include <string>
#include <vector>

#include "tools/file/signals.hpp"
#include "tools/guards.hpp"
#include "tools/settings.hpp"
#include "tools/sources.hpp"
#include "tools/tree_run.hpp"

namespace paywall::tools {
namespace {

/// The options of one more tree's pass. Its editions show less than the full one, so that those of
/// a source that is refused are withdrawn like previews.
Options options_for(const Options& options, const ReaderTree& tree) {
    Options one = options;
    one.preview_directory.reset();
    one.full_directory = tree.directory;
    one.full_reader = tree.reader;
    one.report.reset();
    one.verbosity = Verbosity::quiet;
    one.progress = Progress::no;
    if (one.on_refusal == OnRefusal::withdraw) one.on_refusal = OnRefusal::remove;
    const bool is_member = tree.reader.kind == Reader::Kind::member;
    one.deciding += is_member ? "member" : "plan " + tree.reader.plan;
    return one;
}

}  // namespace

void guard_reader_trees(const Options& options) {
    std::vector<std::string> others;
    for (const auto& directory : {options.preview_directory, options.full_directory})
        if (directory) others.push_back(*directory);
    for (const auto& tree : options.more_trees) {
        Options pair = options_for(options, tree);
        for (const auto& other : others) {
            pair.preview_directory = other;
            guard(pair, find_sources(pair));
        }
        others.push_back(tree.directory);
    }
}

void run_reader_trees(const Options& options, const ReportOptions& reporting, Console& console) {
    ReportOptions silent = reporting;
    silent.stream = DiagnosticStream::none;
    for (const auto& tree : options.more_trees) {
        if (StopSignals::asked()) return;
        const Options one = options_for(options, tree);
        Console own(one);
        run_trees(one, make_settings(one), silent, own);
        if (own.status() == ExitStatus::failure)
            console.fail("not everything could be written below " + tree.directory);
    }
}

}  // namespace paywall::tools

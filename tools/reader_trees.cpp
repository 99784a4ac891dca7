#include "tools/reader_trees.hpp"

#include <string>
#include <vector>

#include "tools/guards.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {
Options options_for(const Options& options, const ReaderTree& tree) {
    Options one = options;
    one.preview_directory.reset();
    one.full_directory = tree.directory;
    one.full_reader = tree.reader;
    one.report.reset();
    one.verbosity = Verbosity::quiet;
    one.progress = Progress::no;
    const bool is_member = tree.reader.kind == Reader::Kind::member;
    one.deciding += is_member ? "member" : "plan " + tree.reader.plan;
    return one;
}

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

}  // namespace paywall::tools

#include "tools/leaf_directories.hpp"

#include <vector>

namespace paywall::tools {

LeafDirectories::LeafDirectories(const Sources& sources) {
    std::vector<std::size_t> counts(sources.directories.size());
    for (const auto& file : sources.files) ++counts[file.directory];
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        const std::string_view directory = sources.directories[i].relative;
        auto& files = files_[directory];
        if (files != inner) files += counts[i];
        mark_above(directory);
    }
}

void LeafDirectories::mark_above(std::string_view directory) {
    for (directory = above(directory); !directory.empty(); directory = above(directory)) {
        auto& files = files_[directory];
        if (files == inner) return;  // so are those above
        files = inner;
    }
}

bool LeafDirectories::holds_just(std::size_t files, std::string_view directory) const {
    const auto found = files_.find(directory);
    return !directory.empty() && found != files_.end() && found->second == files;
}

}  // namespace paywall::tools

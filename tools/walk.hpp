#pragma once

#include <string>
#include <vector>

#include "tools/glob.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// The walk of a directory tree: which of its files are sources.
class Walk {
public:
    explicit Walk(const Options& options);

    /// Adds the sources of one tree, in the order of their paths. A directory that cannot be
    /// read is put down among the failures.
    void add(const std::string& root, Sources& sources) const;

private:
    struct Frame {
        std::uint32_t directory;
        std::vector<Entry> entries;
        std::size_t next = 0;
    };

    [[nodiscard]] Frame read(std::uint32_t directory, const Directory& handle,
                             Sources& sources) const;
    [[nodiscard]] bool takes(const Entry& entry, const std::string& relative,
                             Sources& sources) const;
    [[nodiscard]] bool selects(const std::string& name, const std::string& path) const;

    std::vector<Glob> include_;
    std::vector<Glob> exclude_;
    bool names_skipped_;
};

}  // namespace paywall::tools

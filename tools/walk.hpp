#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/glob.hpp"
#include "tools/sources.hpp"

namespace paywall::tools {

/// Would a walk take a file of that name for a source? `include` are globs as in Options.
[[nodiscard]] bool is_source_name(const std::string& name, const std::vector<std::string>& include);

/// The walk of a directory tree: which of its files are sources.
class Walk {
public:
    explicit Walk(const Options& options);

    /// Adds the sources of one tree, in the order of their paths. A directory that cannot be
    /// read is put down among the failures.
    void add(const std::string& root, Sources& sources) const;

private:
    /// What an entry is to the run.
    enum class Part : std::uint8_t { none, directory, source, asset };

    struct Wanted {
        Entry entry;
        Part part;
    };
    struct Frame {
        std::uint32_t directory;
        std::vector<Wanted> entries;
        std::size_t next = 0;
    };

    [[nodiscard]] Frame read(std::uint32_t directory, const Directory& handle,
                             Sources& sources) const;
    [[nodiscard]] Part part_of(const Entry& entry, const std::string& relative,
                               Skipped& skipped) const;
    [[nodiscard]] Part part_of_file(const std::string& name, const std::string& path) const;

    std::vector<Glob> include_;
    std::vector<Glob> exclude_;
    std::vector<Glob> copy_;
    Assets assets_;
    bool names_skipped_;
};

}  // namespace paywall::tools

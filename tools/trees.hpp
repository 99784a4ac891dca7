#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/file/lock.hpp"
#include "tools/file/tree.hpp"
#include "tools/known.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// One output tree of a run.
struct OutputTree {
    std::string path;                    ///< as the user named it
    std::optional<Directory> published;  ///< what readers see; none: not there, in a dry run
    /// Where a run that publishes all or nothing makes the new tree: a hidden directory beside
    /// the published one.
    std::optional<Directory> staged;
    /// Nothing lay in it when the run began: nothing needs to be looked for.
    bool was_empty = false;
};

enum class Waited { no, yes };

/// The output trees of a run, held against other runs from lock() until the end.
class OutputTrees {
public:
    explicit OutputTrees(const Options& options);
    OutputTrees(const OutputTrees&) = delete;
    OutputTrees& operator=(const OutputTrees&) = delete;
    /// Does what discard() does, as far as that is possible.
    ~OutputTrees();

    /// Locks those that exist. Throws std::runtime_error where another run holds one of them, or
    /// waits for it with --wait.
    Waited lock();
    /// Makes those that are missing, and locks them; clears what killed runs left. If it had to
    /// wait, what was found out before about sources and outputs may be true no more. In a dry
    /// run nothing is made.
    Waited open();

    [[nodiscard]] const std::optional<OutputTree>& of(EditionKind kind) const {
        return trees_[index_of(kind)];
    }

    /// Everything written is on the disk when it returns.
    void synchronise() const;
    /// All or nothing: puts the new trees in the place of the old ones, the preview first. Files
    /// of the old ones that the new ones have none of go over, if `carries` says so of their path
    /// below the root.
    using CarriesOver = std::function<bool(EditionKind kind, std::string_view path)>;
    void publish(const CarriesOver& carries);
    /// Removes the trees that publish() took out of their place, or that came to nothing. Throws
    /// where that fails; the next run into the directory removes them.
    void discard();

private:
    void stage(OutputTree& tree);
    void exchange_all();

    const Options& options_;
    PerEdition<std::optional<OutputTree>> trees_;
    std::vector<DirectoryLock> locks_;
};

}  // namespace paywall::tools

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/cutting.hpp"
#include "tools/fate.hpp"
#include "tools/file/cursor.hpp"
#include "tools/file/fresh_directory.hpp"
#include "tools/file/writing.hpp"
#include "tools/trees.hpp"

namespace paywall::tools {

/// Where a source's outputs go: below each output directory.
struct OutputPlace {
    std::string_view directory;
    const std::string& name;
};

/// Where a file that is no source goes: everywhere, or only where nothing is withheld.
enum class CopyTo { full_editions, all };

using OutputFates = PerEdition<std::optional<OutputFate>>;

/// Puts outputs into the trees, and takes them out. One for every worker.
class Outputs {
public:
    /// `worker` tells the temporary files of this process's workers apart.
    Outputs(const Options& options, const OutputTrees& trees, unsigned worker);

    /// All that goes to that directory comes now, and from this worker alone: where the directory
    /// is missing, it appears with all of it at leave().
    void enter_alone(std::string_view directory);
    /// Puts the new directories in place, the preview's first. Throws std::system_error where that
    /// fails; what is not in place then is discarded.
    void leave();

    /// Is every output the file that is known, and none there that is not to be? Costs one question
    /// for each.
    [[nodiscard]] bool are_intact(OutputPlace place, const Known& known, CopyTo where);

    /// Makes the outputs a source's editions. One that holds the same bytes already is left
    /// untouched; all others are complete before the first is put in place, the preview first.
    [[nodiscard]] OutputFates write(const Cutting& cutting, OutputPlace place,
                                    const std::optional<Known>& known);

    /// Outputs that are written part by part, and then put in place or discarded.
    class Draft;
    /// As write() does with editions that are whole.
    [[nodiscard]] OutputFates put(Draft& draft, const std::optional<Known>& known);

    /// Makes the outputs copies of an open file. Where it is not to be an earlier one is deleted.
    [[nodiscard]] OutputFates copy(const Descriptor& asset, const FileStatus& status,
                                   OutputPlace place, CopyTo where);

    /// What a refused source's earlier editions come to, as --on-refusal says.
    [[nodiscard]] OutputFates withdraw(OutputPlace place, const std::optional<Known>& known);

    /// What the outputs of a source that is no more come to: removed are those that are what this
    /// program wrote, with the directories that they leave empty. None where nothing lies.
    enum class Retire { keep, remove };
    [[nodiscard]] OutputFates retire(std::string_view path, const Known& known, Retire what);

private:
    /// One edition's tree.
    struct Tree {
        EditionKind kind;
        const OutputTree* tree;
        std::optional<Cursor> published = {};
        std::optional<Cursor> target = {};
        std::optional<Cursor> parent = {};         // of the new directory
        std::optional<FreshDirectory> fresh = {};  // the directory that is filled alone
    };
    /// An output on its way.
    struct Made {
        std::optional<AtomicFile> file;
        OutputFate fate;
    };

    [[nodiscard]] KnownOutput known_output(const FileStatus& status, const Digest& digest) const;
    [[nodiscard]] std::optional<FileStatus> find(Tree& tree, OutputPlace place);
    template <typename Same, typename Write>
    OutputFates settle(OutputPlace place, CopyTo where, const Same& same, const Write& write);
    void make_file(Tree& tree, OutputPlace place, Made& output) const;
    void make_directory(Tree& tree) const;
    void commit(PerEdition<std::optional<Made>>& made, OutputFates& fates) const;
    [[nodiscard]] bool takes(const Tree& tree, CopyTo where) const;
    [[nodiscard]] std::optional<OutputFate> remove_copy(Tree& tree, OutputPlace place);

    const Options& options_;
    std::vector<Tree> trees_;
    std::string temporary_;
    std::string temporary_directory_;
    std::string_view alone_;  // the directory that is filled alone; empty: none
};

class Outputs::Draft {
public:
    /// Must not outlive `outputs`, which is asked for nothing else meanwhile.
    Draft(Outputs& outputs, OutputPlace place);

    /// More of an edition. Nothing is done where no tree is for it.
    void append(EditionKind kind, const Edition& edition);

private:
    friend class Outputs;

    OutputPlace place_;
    bool needs_digests_;
    PerEdition<std::optional<FileStatus>> found_;
    PerEdition<std::optional<Made>> made_;
    PerEdition<DigestMaker> digests_;
};

/// What is told of earlier outputs: `earlier preview deleted, earlier full edition kept`, each
/// after `before`; empty where there were none.
[[nodiscard]] std::string tell_earlier(const Options& options, const OutputFates& fates,
                                       std::string_view before);

}  // namespace paywall::tools

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/cutting.hpp"
#include "tools/file/cursor.hpp"
#include "tools/options.hpp"

namespace paywall::tools {

/// The output directories of a run, made where they were missing.
struct OutputRoots {
    std::optional<Directory> preview;
    std::optional<Directory> full;
};

[[nodiscard]] OutputRoots open_outputs(const Options& options);

/// Puts editions into the output trees, and takes them out. One for every worker.
class Outputs {
public:
    /// `worker` tells the temporary files of this process's workers apart.
    Outputs(const OutputRoots& roots, unsigned worker);

    /// Writes the editions there are trees for; all are complete before the first is put in
    /// place, and the preview is put in place first.
    void write(const Cutting& cutting, std::string_view directory, const std::string& name);

    /// What a refused source's earlier editions come to. Says what was found and done, empty
    /// where there was nothing: `earlier preview deleted, earlier full edition kept`.
    [[nodiscard]] std::string withdraw(OnRefusal what, std::string_view directory,
                                       const std::string& name);

private:
    std::optional<Cursor> preview_;
    std::optional<Cursor> full_;
    std::string temporary_;
};

}  // namespace paywall::tools

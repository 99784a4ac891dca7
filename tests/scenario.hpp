#pragma once

#include <string>
#include <vector>

namespace paywall::tests {

/// One command-line scenario, a file of tests/cli. Prose, then sections, each begun by a line
/// `-- WORD [ARGUMENT] --`:
///
///     file PATH     a file to make before; `bytes PATH` the same without its final newline
///     setup         shell commands to run before
///     run           shell commands whose behaviour is compared; `paywall` is the program
///     exit N        the exit status expected (without it: 0)
///     stdout        what is expected there (without it: nothing); `stderr` likewise
///     tree PATH     what is expected to lie there afterwards, as `find` with the kinds
///     content PATH  the bytes expected of a file afterwards
struct Section {
    std::string word;
    std::string argument;
    std::string body;
};

struct Scenario {
    std::string path;
    std::string prose;
    std::vector<Section> sections;
};

struct Ran {
    int status = 0;
    std::string output;
    std::string error;
};

[[nodiscard]] Scenario read_scenario(const std::string& path);
void write_scenario(const Scenario& scenario);

/// Runs `script` by /bin/sh in `directory` with nothing on standard input and a clean
/// environment.
[[nodiscard]] Ran run_script(const std::string& script, const std::string& directory);

/// Everything below `path`, a line each, sorted: `out/a.md`, `out/sub/`, `out/link -> a.md`.
[[nodiscard]] std::string list_tree(const std::string& directory, const std::string& path);

[[nodiscard]] std::string read_text(const std::string& path);
void write_text(const std::string& path, const std::string& text);

}  // namespace paywall::tests

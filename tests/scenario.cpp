#include "tests/scenario.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace paywall::tests {
namespace fs = std::filesystem;
namespace {

/// `-- file a.md --`: word and argument; no word where the line is none of these.
Section header_of(const std::string& line) {
    if (line.size() < 7 || line.rfind("-- ", 0) != 0 || line.substr(line.size() - 3) != " --")
        return {};
    const std::string inner = line.substr(3, line.size() - 6);
    const std::size_t space = std::min(inner.find(' '), inner.size());
    return {inner.substr(0, space), inner.substr(std::min(space + 1, inner.size())), {}};
}

[[noreturn]] void run_child(const std::string& script, const std::string& directory,
                            const std::string& capture) {
    const auto redirect = [](const std::string& path, int flags, int number) {
        const int opened = ::open(path.c_str(), flags, 0600);
        return opened >= 0 && ::dup2(opened, number) >= 0;
    };
    constexpr int writing = O_WRONLY | O_CREAT | O_TRUNC;
    if (::chdir(directory.c_str()) != 0 || !redirect("/dev/null", O_RDONLY, 0) ||
        !redirect(capture + ".out", writing, 1) || !redirect(capture + ".err", writing, 2))
        ::_exit(126);
    const std::string binaries =
        "PATH=" + fs::path(PAYWALL_BINARY).parent_path().string() + ":/usr/bin:/bin";
    const char* environment[] = {binaries.c_str(), "LC_ALL=C.UTF-8", "TERM=xterm",
                                 "ASAN_OPTIONS=detect_leaks=0", nullptr};
    ::execle("/bin/sh", "sh", "-c", script.c_str(), nullptr, environment);
    ::_exit(127);
}

std::string line_of(const fs::directory_entry& entry, const fs::path& root) {
    std::string line = entry.path().lexically_relative(root).string();
    if (entry.is_symlink()) return line + " -> " + fs::read_symlink(entry.path()).string();
    return entry.is_directory() ? line + "/" : line;
}

}  // namespace

Scenario read_scenario(const std::string& path) {
    Scenario scenario{path, {}, {}};
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        Section section = header_of(line);
        if (!section.word.empty())
            scenario.sections.push_back(std::move(section));
        else
            (scenario.sections.empty() ? scenario.prose : scenario.sections.back().body) +=
                line + "\n";
    }
    return scenario;
}

void write_scenario(const Scenario& scenario) {
    std::string text = scenario.prose;
    for (const auto& section : scenario.sections) {
        text += "-- " + section.word;
        if (!section.argument.empty()) text += " " + section.argument;
        text += " --\n" + section.body;
    }
    write_text(scenario.path, text);
}

Ran run_script(const std::string& script, const std::string& directory) {
    const std::string capture = directory + ".capture";
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) run_child(script, directory, capture);
    int status = 0;
    ::waitpid(child, &status, 0);
    Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            read_text(capture + ".out"), read_text(capture + ".err")};
    fs::remove(capture + ".out");
    fs::remove(capture + ".err");
    return ran;
}

std::string list_tree(const std::string& directory, const std::string& path) {
    std::vector<std::string> lines;
    const fs::path root = directory;
    if (fs::exists(root / path))
        for (const auto& entry : fs::recursive_directory_iterator(root / path))
            lines.push_back(line_of(entry, root));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

std::string read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_text(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace paywall::tests

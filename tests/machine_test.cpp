// The text files of the machine that the test runs on: real text, written by people who never
// heard of paywall. None raises an alarm.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tests/seed.hpp"

namespace paywall::test {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = std::uintmax_t{64} << 20;
/// With sanitizers a sample has to do; without them everything is read.
constexpr std::uintmax_t most_bytes = is_slow_build ? std::uintmax_t{96} << 20 : UINTMAX_MAX;

bool is_text_name(const fs::path& path) {
    static const std::set<std::string, std::less<>> extensions{
        ".txt",        ".text",    ".md",      ".markdown", ".rst",  ".adoc",  ".org",  ".html",
        ".htm",        ".xhtml",   ".xml",     ".xsl",      ".xsd",  ".dtd",   ".css",  ".scss",
        ".less",       ".js",      ".mjs",     ".cjs",      ".ts",   ".json",  ".h",    ".hh",
        ".hpp",        ".hxx",     ".ipp",     ".inc",      ".c",    ".cc",    ".cpp",  ".cxx",
        ".py",         ".pyi",     ".sh",      ".bash",     ".tex",  ".sty",   ".bib",  ".texi",
        ".pod",        ".pl",      ".pm",      ".t",        ".rb",   ".lua",   ".go",   ".rs",
        ".java",       ".php",     ".tcl",     ".el",       ".vim",  ".awk",   ".m4",   ".am",
        ".ac",         ".in",      ".mk",      ".cmake",    ".toml", ".yml",   ".yaml", ".ini",
        ".conf",       ".cfg",     ".svg",     ".po",       ".pot",  ".csv",   ".tsv",  ".sql",
        ".properties", ".desktop", ".service", ".rules",    ".diff", ".patch", ".log",  ".1",
        ".3",          ".5",       ".7",       ".8",        ".qml",  ".f90",   ".s",    ".ld",
        ".def"};
    static const std::array<std::string_view, 9> names{"readme",  "copyright", "changelog",
                                                       "news",    "license",   "copying",
                                                       "authors", "todo",      "makefile"};
    std::string name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extensions.contains(fs::path(name).extension().string())) return true;
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view known) { return name.starts_with(known); });
}

/// Files about markers, this project's own, are about markers.
bool is_ours(const fs::path& path) {
    return std::find(path.begin(), path.end(), "paywall") != path.end();
}

struct Found {
    std::uint64_t order;  ///< by a hash of seed and path
    std::uintmax_t size;
    fs::path path;
};

std::uint64_t hash(std::uint64_t seed, std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325U ^ seed;  // FNV-1a
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return value ^ (value >> 29);
}

std::vector<Found> text_files() {
    std::vector<Found> found;
    for (const char* root : {"/usr/share", "/usr/include", "/usr/lib"}) {
        std::error_code error;
        fs::recursive_directory_iterator walk(root, fs::directory_options::skip_permission_denied,
                                              error);
        for (const fs::recursive_directory_iterator end; !error && walk != end;
             walk.increment(error)) {
            std::error_code unreadable;
            const auto status = walk->symlink_status(unreadable);
            if (unreadable || !fs::is_regular_file(status)) continue;
            const fs::path& path = walk->path();
            if (!is_text_name(path) || path.extension() == ".gz" || is_ours(path)) continue;
            const std::uintmax_t size = walk->file_size(unreadable);
            if (unreadable || size == 0 || size > largest_file) continue;
            found.push_back({hash(run_seed(), path.string()), size, path});
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.order < b.order; });
    return found;
}

struct Tally {
    std::atomic<std::uintmax_t> read{0}, bytes{0}, unread{0}, alarms{0};
    std::mutex messages;
};

bool is_encoding_fault(const Diagnostic& fault) {
    return fault.rule == Rule::invalid_encoding || fault.rule == Rule::unsupported_encoding ||
           fault.rule == Rule::binary_content;
}

void alarm(Tally& tally, const std::string& message) {
    if (++tally.alarms > 50) return;
    const std::lock_guard lock(tally.messages);
    std::cout << message << std::flush;
}

void judge(const Parser& parser, const fs::path& path, Tally& tally) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const auto parsed = parser.parse(bytes);
    if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
        if (!faults->kept.empty() && is_encoding_fault(faults->kept.front())) {
            ++tally.unread;
            return;
        }
        std::string told;
        for (const Diagnostic& fault : faults->kept) {
            told += format(fault, path.string(), Source(bytes));
        }
        alarm(tally, told);
        return;
    }
    ++tally.read;
    tally.bytes += bytes.size();
    const auto& document = std::get<Document>(parsed);
    if (document.segments.size() != 1 || document.warnings.warnings != 0) {
        alarm(tally, path.string() + ": holds markers\n");
        return;
    }
    const auto edition = render(document, EditionKind::preview);
    if (!std::holds_alternative<Edition>(edition) ||
        std::get<Edition>(edition).size() != bytes.size()) {
        alarm(tally, path.string() + ": its preview differs\n");
    }
}

TEST(Machine, no_file_raises_an_alarm) {
    const std::vector<Found> files = text_files();
    std::size_t count = 0;
    for (std::uintmax_t bytes = 0; count < files.size() && bytes < most_bytes; ++count) {
        bytes += files[count].size;
    }
    const Parser parser(fastadmin());
    Tally tally;
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < std::clamp(std::thread::hardware_concurrency(), 1U, 4U); ++i) {
        workers.emplace_back([&] {
            for (std::size_t k = 0; (k = next++) < count;) judge(parser, files[k].path, tally);
        });
    }
    for (std::thread& worker : workers) worker.join();

    std::cout << files.size() << " text files on this machine, " << count
              << " judged: " << tally.read << " read (" << (tally.bytes >> 20) << " MiB), "
              << tally.unread << " in no known encoding, " << tally.alarms << " alarms\n";
    EXPECT_EQ(tally.alarms, 0U);
    // A minimal machine may have few; none at all means that the walk is broken.
    EXPECT_GT(tally.read, 0U);
}

}  // namespace
}  // namespace paywall::test

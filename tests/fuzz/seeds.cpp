// Writes fuzz inputs made from the specification's examples and from whole files:
// `fuzz_seeds DIRECTORY FORMAT.md [FILE|DIRECTORY…]`

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "tests/format_examples.hpp"

namespace {

namespace fs = std::filesystem;

// Option bytes as tests/fuzz/input.hpp has them: the defaults, then an exact cut and a placeholder.
const std::string plain("\x00\x00", 2);
const std::string exact_with_placeholder("\x48\x00", 2);
constexpr std::size_t longest = 64 * 1024;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
    if (bytes.size() > longest) return;
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path.string());
}

void write_examples(const fs::path& directory, const fs::path& format_md) {
    for (const auto& example : paywall::tests::read_examples(read(format_md))) {
        const auto name = "example-" + std::to_string(example.number);
        const auto source = paywall::tests::bytes_of(example.parts.front(), example.value("in"));
        write(directory / name, plain + source);
        write(directory / (name + "-exact"), exact_with_placeholder + source);
    }
}

void write_file(const fs::path& directory, const fs::path& path) {
    write(directory / ("file-" + path.filename().string()), plain + read(path));
}

void write_files(const fs::path& directory, const fs::path& path) {
    if (!fs::is_directory(path)) return write_file(directory, path);
    for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file()) write_file(directory, entry.path());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    fs::create_directories(argv[1]);
    write_examples(argv[1], argv[2]);
    for (int i = 3; i < argc; ++i) write_files(argv[1], argv[i]);
    return 0;
}

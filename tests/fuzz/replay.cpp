// Runs a fuzz target on files, without libFuzzer: `parse_replay FILE|DIRECTORY…`. Every file is
// tried as a fuzz input and as a source under a choice of options, so that crashers, samples and
// the specification all serve as they are.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

// Option bytes as tests/fuzz/input.hpp has them.
const std::array<std::string, 10> choices{
    std::string("\x00\x00", 2), std::string("\x08\x00", 2), std::string("\x40\x00", 2),
    std::string("\x48\x01", 2), std::string("\x11\x00", 2), std::string("\xA2\x00", 2),
    std::string("\x04\x00", 2), std::string("\x00\x02", 2), std::string("\x40\x07", 2),
    std::string("\x01\x03", 2),
};

void run(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

bool replay(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (file.bad() || !file.is_open()) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return false;
    }
    std::fprintf(stderr, "%s\n", path.c_str());  // the last line names the crasher
    run(bytes);
    for (const std::string& choice : choices) run(choice + bytes);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t files = 0;
    for (int i = 1; i < argc; ++i) {
        if (!fs::is_directory(argv[i])) {
            if (!replay(argv[i])) return 1;
            ++files;
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) continue;
            if (!replay(entry.path())) return 1;
            ++files;
        }
    }
    std::printf("%zu files, no promise broken\n", files);
    return files > 0 ? 0 : 1;
}

// bare_loop SOURCE TARGET: two threads that open, read, write a temporary file and rename it, for
// every file of a tree: what the system itself asks for, with no thought in between.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& path) {
    std::perror(path.c_str());
    std::_Exit(1);
}

void copy(const std::string& source, const std::string& target, std::vector<char>& buffer) {
    const int in = ::open(source.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (in < 0 || ::fstat(in, &status) != 0) fail(source);
    const auto size = static_cast<std::size_t>(status.st_size);
    if (buffer.size() <= size) buffer.resize(size + 1);
    if (::read(in, buffer.data(), buffer.size()) != status.st_size || ::close(in) != 0)
        fail(source);
    const std::string temporary = target + ".tmp";
    const int out = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out < 0 || ::write(out, buffer.data(), size) != status.st_size || ::close(out) != 0 ||
        ::rename(temporary.c_str(), target.c_str()) != 0)
        fail(target);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const fs::path source = argv[1];
    const fs::path target = argv[2];
    std::vector<fs::path> files;
    fs::create_directory(target);
    for (const auto& entry : fs::recursive_directory_iterator(source)) {
        const fs::path relative = entry.path().lexically_relative(source);
        if (entry.is_directory())
            fs::create_directory(target / relative);
        else
            files.push_back(relative);
    }
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        std::vector<char> buffer;
        for (std::size_t i = next++; i < files.size(); i = next++)
            copy((source / files[i]).string(), (target / files[i]).string(), buffer);
    };
    std::jthread other(work);
    work();
}

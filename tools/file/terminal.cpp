#include "tools/file/terminal.hpp"

#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace paywall::tools {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

Environment environment() {
    return {.stdin_is_terminal = ::isatty(STDIN_FILENO) == 1,
            .stderr_is_terminal = ::isatty(STDERR_FILENO) == 1,
            .in_ci = !variable("CI").empty(),
            .wants_colour = variable("NO_COLOR").empty() && variable("TERM") != "dumb",
            .processors = std::max(1U, std::thread::hardware_concurrency())};
}

void let_writes_fail() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace paywall::tools

#include "tools/file/signals.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace paywall::tools {
namespace {

constexpr std::array stops = {SIGHUP, SIGINT, SIGTERM};

std::atomic<int> caught = 0;
static_assert(std::atomic<int>::is_always_lock_free);  // a handler may touch nothing else

extern "C" void remember(int signal) {
    caught = signal;
}

}  // namespace

StopSignals::StopSignals() {
    caught = 0;
    for (const int signal : stops) {
        struct sigaction old = {};
        if (::sigaction(signal, nullptr, &old) != 0 || old.sa_handler != SIG_DFL) continue;
        struct sigaction asking = {};
        asking.sa_handler = remember;
        asking.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
        ::sigaction(signal, &asking, nullptr);
    }
}

StopSignals::~StopSignals() {
    for (const int signal : stops) {
        struct sigaction now = {};
        if (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == remember)
            std::signal(signal, SIG_DFL);
    }
}

bool StopSignals::asked() {
    return caught != 0;
}

void StopSignals::obey() {
    const int signal = caught;
    if (signal == 0) return;
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

}  // namespace paywall::tools

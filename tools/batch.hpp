#pragma once

#include <functional>

#include "tools/console.hpp"
#include "tools/run_report.hpp"
#include "tools/state.hpp"
#include "tools/worker.hpp"

namespace paywall::tools {

/// Who is told of every source's fate, in the order of their paths. Any may be none.
struct Listeners {
    Console& console;
    State* state = nullptr;
    RunReport* report = nullptr;
    /// Makes what was written durable; called before the state keeps it. None: the caller does
    /// that and saves the state.
    std::function<void()> synchronise = {};
};

/// Takes every source through the workers. One that fails never stops the others; a signal does,
/// and then the rest is not begun.
void run_batch(const Job& job, const Listeners& listeners);

}  // namespace paywall::tools

#pragma once

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#include <functional>
#include <memory>
#include <optional>

namespace paywall::tools {

/// Works on items as they come, in `jobs` threads, and hands over what each came to in the order
/// of the items, one at a time; few wait. `next` is called by one thread at a time and gives none
/// at the end; `make_worker` once for each thread: what it gives works on an item when called with
/// it. No function may throw.
template <typename Item, typename Result, typename Worker>
void run_in_order(unsigned jobs, const std::function<std::optional<Item>()>& next,
                  const std::function<std::unique_ptr<Worker>()>& make_worker,
                  const std::function<void(Result&)>& hand_over) {
    using ItemPointer = std::shared_ptr<Item>;
    using ResultPointer = std::shared_ptr<Result>;
    constexpr unsigned items_per_job = 8;
    tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers(make_worker);
    const auto take = [&](tbb::flow_control& flow) -> ItemPointer {
        auto item = next();
        if (item) return std::make_shared<Item>(std::move(*item));
        flow.stop();
        return nullptr;
    };
    const auto work = [&](const ItemPointer& item) {
        return std::make_shared<Result>((*workers.local())(*item));
    };
    const auto give = [&](const ResultPointer& result) { hand_over(*result); };
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, jobs);
    tbb::task_arena arena(static_cast<int>(jobs));
    arena.execute([&] {
        constexpr auto in_order = tbb::filter_mode::serial_in_order;
        tbb::parallel_pipeline(
            items_per_job * jobs,
            tbb::make_filter<void, ItemPointer>(in_order, take) &
                tbb::make_filter<ItemPointer, ResultPointer>(tbb::filter_mode::parallel, work) &
                tbb::make_filter<ResultPointer, void>(in_order, give));
    });
}

}  // namespace paywall::tools

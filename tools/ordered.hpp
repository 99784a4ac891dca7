#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace paywall::tools {

/// Does pieces of work 0, 1, … in `jobs` threads and hands over the results in their order, each
/// as soon as all before it are out, by one thread at a time. No thread runs ahead of the
/// oldest unfinished piece by more than a few, so that few results wait. Neither function may
/// throw.
template <typename Result>
class Ordered {
public:
    using Work = std::function<Result(std::size_t)>;

    /// `make_work` is called once in each thread: what it gives may keep state of its own.
    void run(std::size_t count, unsigned jobs, const std::function<Work()>& make_work,
             const std::function<void(Result&)>& hand_over) {
        waiting_.resize(std::size_t{8} * jobs);
        const auto worker = [&] {
            const Work work = make_work();
            while (const auto piece = claim(count)) finish(*piece, work(*piece), hand_over);
        };
        std::vector<std::jthread> others;
        try {
            for (unsigned i = 1; i < jobs && i < count; ++i) others.emplace_back(worker);
        } catch (const std::system_error&) {
            // Fewer threads than asked for do the same work.
        }
        worker();
    }

private:
    std::optional<std::size_t> claim(std::size_t count) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return next_ == count || next_ < out_ + waiting_.size(); });
        return next_ == count ? std::nullopt : std::optional(next_++);
    }

    void finish(std::size_t piece, Result result, const std::function<void(Result&)>& hand_over) {
        const std::lock_guard lock(mutex_);
        waiting_[piece % waiting_.size()] = std::move(result);
        while (auto& oldest = waiting_[out_ % waiting_.size()]) {
            hand_over(*oldest);
            oldest.reset();
            ++out_;
        }
        room_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable room_;
    std::vector<std::optional<Result>> waiting_;  // a ring: piece i at i modulo its size
    std::size_t next_ = 0;                        // to be claimed
    std::size_t out_ = 0;                         // to be handed over
};

}  // namespace paywall::tools

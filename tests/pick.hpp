#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

namespace paywall::test {

/// A choice of one of n > 0 things: an index below n.
using Pick = std::function<std::size_t(std::size_t)>;

/// Draws that are the same on every platform for one seed.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::size_t operator()(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }

private:
    std::mt19937_64 engine_;
};

/// Runs through all choices that a function makes, the last choice fastest.
class Odometer {
public:
    std::size_t pick(std::size_t n);
    /// The same choices again, from the first: for the other marker of a pair.
    void rewind() { at_ = 0; }
    /// On to the next choices; false when all have been made.
    bool advance();

private:
    struct Wheel {
        std::size_t value;
        std::size_t size;
    };
    std::vector<Wheel> wheels_;
    std::size_t at_ = 0;
};

}  // namespace paywall::test

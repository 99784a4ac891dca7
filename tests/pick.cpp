#include "tests/pick.hpp"

namespace paywall::test {

std::size_t Odometer::pick(std::size_t n) {
    if (at_ == wheels_.size()) wheels_.push_back({0, n});
    return wheels_[at_++].value % n;
}

bool Odometer::advance() {
    at_ = 0;
    while (!wheels_.empty()) {
        if (++wheels_.back().value < wheels_.back().size) return true;
        wheels_.pop_back();
    }
    return false;
}

}  // namespace paywall::test

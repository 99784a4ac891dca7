#include "tools/fate.hpp"

#include <numeric>

namespace paywall::tools {

std::string_view verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::written:
            return "written";
        case Verdict::unchanged:
            return "unchanged";
        case Verdict::refused:
            return "refused";
        case Verdict::failed:
            return "failed";
        case Verdict::removed:
            return "removed";
        case Verdict::skipped:
            break;
    }
    return "skipped";
}

std::string_view change_name(Change change) {
    switch (change) {
        case Change::written:
            return "written";
        case Change::unchanged:
            return "unchanged";
        case Change::removed:
            return "removed";
        case Change::kept:
            break;
    }
    return "kept";
}

Counts& Counts::operator+=(const Counts& other) {
    for (std::size_t i = 0; i < verdicts; ++i) of[i] += other.of[i];
    bytes += other.bytes;
    return *this;
}

std::size_t Counts::all() const {
    return std::accumulate(std::begin(of), std::end(of), std::size_t{0});
}

}  // namespace paywall::tools

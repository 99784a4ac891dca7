#include "parser/runs.hpp"

#include <algorithm>

namespace paywall {
namespace {

std::string bytes_of(const Document& document, Span span) {
    return std::string(document.text.bytes().substr(span.offset, span.length));
}

Run run_of(const Document& document, std::size_t i) {
    const auto& segment = document.segments[i];
    Run run{.audience = plain(document.accesses.audience(segment.access)),
            .content = bytes_of(document, segment.content),
            .first = i,
            .end = i + 1};
    if (run.audience == Audience::everyone()) return run;
    run.details = document.details[segment.details];
    run.starts_section = segment.starts_section;
    if (run.starts_section) run.line_end = bytes_of(document, segment.opener_line_end);
    return run;
}

}  // namespace

std::vector<Run> runs_of(const Document& document) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < document.segments.size(); ++i) {
        auto run = run_of(document, i);
        if (run.content.empty() && !run.starts_section) continue;
        const bool goes_on = !runs.empty() && !run.starts_section &&
                             runs.back().audience == run.audience &&
                             runs.back().details == run.details;
        if (!goes_on) {
            runs.push_back(std::move(run));
            continue;
        }
        runs.back().content += run.content;
        runs.back().end = run.end;
    }
    return runs;
}

bool say_the_same(const std::vector<Run>& one, const std::vector<Run>& other) {
    return std::ranges::equal(one, other, [](const Run& a, const Run& b) {
        return a.audience == b.audience && a.details == b.details &&
               a.starts_section == b.starts_section && a.content == b.content &&
               a.line_end == b.line_end;
    });
}

}  // namespace paywall

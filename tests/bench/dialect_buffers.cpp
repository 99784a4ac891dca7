#include "tests/bench/dialect_buffers.hpp"

#include <algorithm>
#include <optional>

#include "parser/parse.hpp"

namespace paywall::bench {
namespace {

const Marker& first_marker(const Dialect& dialect, Role role) {
    return *std::ranges::find(dialect.markers, role, &Marker::role);
}

/// A line's marker stands on a line of its own.
std::string written(const Marker& marker) {
    return marker.form == Form::line ? "\n" + marker.text() + "\n" : marker.text();
}

}  // namespace

Prose usual_prose(const Dialect& dialect) {
    constexpr std::string_view chinese[] = {"fastadmin", "fastadmin-ask", "zibll", "erphpdown",
                                            "discuz"};
    if (std::ranges::find(chinese, dialect.name) != std::end(chinese)) return Prose::chinese;
    const auto form = dialect.markers.front().form;
    return form == Form::comment || form == Form::tag ? Prose::html : Prose::markdown;
}

std::string prose_of(const Dialect& dialect) {
    const std::string& source = prose(usual_prose(dialect));
    const bool divides = dialect.markers.front().role == Role::divide;
    const auto open = written(first_marker(dialect, divides ? Role::divide : Role::open));
    const auto close =
        divides ? std::string() : written(counterpart(dialect, first_marker(dialect, Role::open)));
    const auto parsed = Parser(fastadmin()).parse(source);
    const auto& segments = std::get<Document>(parsed).segments;
    std::string text;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto& span = segments[i].exact;
        text += source.substr(span.offset, span.length);
        const bool is_middle = i == segments.size() / 2;
        if (divides ? is_middle : i + 1 < segments.size()) {
            text += segments[i].access == Access::free || divides ? open : close;
        }
    }
    return text;
}

std::vector<Dialect> more_dialects(std::size_t count) {
    const std::pair<std::string, std::string> frames[] = {
        {"[", "]"}, {"<!--", "-->"}, {"{{", "}}"}, {"[[", "]]"}, {"{%", "%}"}};
    std::vector<Dialect> dialects;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [before, after] = frames[i % std::size(frames)];
        const std::string word = "vault" + std::string(1, static_cast<char>('a' + i % 26));
        dialects.push_back({.name = word,
                            .markers = {{Role::open, before, word + "begin", after},
                                        {Role::close, before, word + "end", after}}});
    }
    return dialects;
}

}  // namespace paywall::bench

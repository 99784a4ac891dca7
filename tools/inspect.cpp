#include "tools/inspect.hpp"

#include <algorithm>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>

#include "parser/quote.hpp"
#include "tools/text.hpp"

namespace paywall::tools {
namespace {

using Json = nlohmann::ordered_json;

struct Row {
    std::string_view access;
    std::string audience;
    Span span;
    std::size_t first_line;
    std::size_t last_line;
};

Row row_of(const Inspected& inspected, const Segment& segment) {
    const Span span = inspected.cut == Cut::exact ? segment.exact : segment.content;
    const std::size_t last = span.length == 0 ? span.offset : span.end() - 1;
    return {segment.access == Access::free ? "free" : "paid",
            describe(inspected.document.accesses.audience(segment.access)), span,
            inspected.source.locate(span.offset).line, inspected.source.locate(last).line};
}

std::size_t paid_segments(const Document& document) {
    return static_cast<std::size_t>(
        std::count_if(document.segments.begin(), document.segments.end(),
                      [](const Segment& segment) { return segment.access != Access::free; }));
}

/// `12 characters, 3 words, 1 min`
std::string told(const Numbers& numbers) {
    return counted(numbers.characters, "character", "characters") + ", " +
           counted(numbers.words, "word", "words") + ", " + std::to_string(numbers.minutes()) +
           " min";
}

Json object_of(std::string_view name) {
    Json object{{"path", to_valid_utf8(name)}};
    if (!is_valid_utf8(name)) object["path_base64"] = base64(name);
    return object;
}

}  // namespace

std::string inspect_text(const Inspected& inspected) {
    const Document& document = inspected.document;
    std::ostringstream text;
    text << escape(inspected.name) << ": " << document.text.encoding() << ", "
         << counted(document.text.bytes().size(), "byte", "bytes") << ", "
         << counted(document.segments.size(), "segment", "segments") << ", "
         << paid_segments(document) << " paid\n";
    const auto& account = inspected.account;
    for (std::size_t i = 0; i < document.segments.size(); ++i) {
        const Row row = row_of(inspected, document.segments[i]);
        const std::string range =
            std::to_string(row.span.offset) + "-" + std::to_string(row.span.end());
        const std::string lines =
            row.first_line == row.last_line
                ? "line " + std::to_string(row.first_line)
                : "lines " + std::to_string(row.first_line) + "-" + std::to_string(row.last_line);
        // Where `free` and `paid` say all there is to say, no more is said.
        const bool is_plain = document.segments[i].access == Access::free ||
                              document.segments[i].access == Access::paid;
        text << "  " << row.access << (is_plain ? "" : " (" + row.audience + ")") << "  "
             << std::left << std::setw(15) << range << "  " << std::setw(15) << lines << "  "
             << counted(row.span.length, "byte", "bytes")
             << (account ? ", " + told(account->numbers.segments[i]) : "") << "\n";
    }
    if (!account) return text.str();
    text << "  preview: " << told(account->numbers.preview) << "; "
         << account->numbers.free_percent() << " % of the characters\n"
         << "  full: " << told(account->numbers.full) << "\n";
    for (const auto& link : account->paid_assets)
        text << "  only in paid parts: " << escape(link) << "\n";
    return text.str();
}

std::string inspect_json(const Inspected& inspected) {
    Json object = object_of(inspected.name);
    object["encoding"] = inspected.document.text.encoding();
    object["size"] = inspected.document.text.bytes().size();
    object["segments"] = Json::array();
    for (const Segment& segment : inspected.document.segments) {
        const Row row = row_of(inspected, segment);
        object["segments"].push_back({{"access", row.access},
                                      {"audience", row.audience},
                                      {"start", row.span.offset},
                                      {"end", row.span.end()},
                                      {"first_line", row.first_line},
                                      {"last_line", row.last_line},
                                      {"size", row.span.length}});
    }
    auto text = object.dump();
    text.back() = ',';
    return text + account_members(inspected.account) + "}";
}

std::string refused_json(std::string_view name, std::size_t size, std::string_view diagnostics) {
    Json object = object_of(name);
    object["size"] = size;
    object["refused"] = true;
    object["diagnostics"] = Json::parse(diagnostics);
    return object.dump();
}

}  // namespace paywall::tools

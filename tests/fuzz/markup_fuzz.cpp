// HTML and Markdown of any bytes: the tokens of the tag reader tile the text; whatever is cut as
// markup, a full edition is read as free, and its preview without what only paid segments hold.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "parser/edition.hpp"
#include "parser/html/tag_reader.hpp"
#include "parser/parse.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paywall;

void check_tokens(std::string_view text) {
    std::size_t end = 0;
    html::read_tags(text, [&](const html::Token& token, html::ReadingContext& context) {
        fuzz::require(token.span.offset == end && token.span.length > 0, "tokens tile the text");
        end = token.span.end();
        const bool is_script = text.substr(token.name.offset, token.name.length) == "script";
        if (is_script) context.model = html::TextModel::script;
    });
    fuzz::require(end == text.size(), "tokens reach the end of the text");
}

/// The bytes of an edition that are the source's.
std::string of_source(const Edition& edition, std::string_view source) {
    std::string text;
    for (const auto piece : edition.pieces())
        if (piece.data() >= source.data() && piece.data() < source.data() + source.size())
            text += piece;
    return text;
}

/// Structured data is added to a full edition; nothing of it goes but JSON-LD that is extended.
void check_structured_data(const Document& document, const Edition& full, std::string_view text) {
    const auto rendered =
        render(document, EditionKind::full, {.structured_data = StructuredData::added});
    const auto* edition = std::get_if<Edition>(&rendered);
    if (edition == nullptr) return;
    const bool may_extend = text.find("ld+json") != text.npos;
    fuzz::require(may_extend || of_source(*edition, text) == of_source(full, text),
                  "structured data takes nothing away");
    ParseOptions options;
    options.encoding = document.text.encoding();
    const auto whole = edition->text();
    const auto again = fuzz::parser().parse(whole, options);
    fuzz::require(std::holds_alternative<Document>(again), "structured data makes no marker");
}

void check_cut(std::string_view text, Content content) {
    ParseOptions options;
    options.content = content;
    const auto parsed = fuzz::parser().parse(text, options);
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) return;
    const auto preview = render(*document, EditionKind::preview);
    const auto full = render(*document, EditionKind::full);
    if (preview.index() != 0 || full.index() != 0) return;
    const auto whole = std::get<Edition>(full).text();
    ParseOptions encoded;  // an edition keeps the encoding, though it need no longer show it
    encoded.encoding = document->text.encoding();
    const auto again = fuzz::parser().parse(whole, encoded);
    const auto* free = std::get_if<Document>(&again);
    fuzz::require(free != nullptr && free->segments.size() == 1, "a full edition is free");
    check_structured_data(*document, std::get<Edition>(full), text);
    const char* const begin = text.data();
    for (const auto piece : std::get<Edition>(preview).pieces()) {
        if (piece.data() < begin || piece.data() >= begin + text.size()) continue;  // of its own
        const auto offset = static_cast<std::size_t>(piece.data() - begin);
        for (const auto& segment : document->segments)
            fuzz::require(segment.access == Access::free || offset >= segment.exact.end() ||
                              offset + piece.size() <= segment.exact.offset,
                          "a preview holds no byte of a paid segment");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_tokens(text);
    check_cut(text, Content::html);
    check_cut(text, Content::markdown);
    return 0;
}

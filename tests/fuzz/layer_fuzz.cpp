// Every decoder of the audit on any bytes: it ends, what it gives lies within its input, and text
// is text. Built once for each decoder, PAYWALL_LAYER being its name here, and once for all.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/base64.hpp"
#include "audit/bytes.hpp"
#include "audit/charset.hpp"
#include "audit/escapes.hpp"
#include "audit/mail.hpp"
#include "audit/markup.hpp"
#include "audit/normal_text.hpp"
#include "audit/paid_text.hpp"
#include "audit/place_names.hpp"
#include "audit/unpack.hpp"
#include "parser/utf.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paywall;
using namespace paywall::audit;
using fuzz::require;

/// Every byte comes from a place in the text, and none from before the one that stands before it.
void check(const Derived& derived, std::string_view text) {
    std::size_t last = 0;
    for (std::size_t at = 0; at < derived.text().size(); ++at) {
        const std::size_t origin = derived.origin(at);
        require(origin <= text.size(), "a byte comes from within the text");
        require(origin >= last, "bytes come in the order of the text");
        last = origin;
    }
}

class Parts : public MarkupParts {
public:
    explicit Parts(std::string_view text) : text_(text) {}
    void text(std::string_view part) override { take(part); }
    void tag(std::string_view part) override { take(part); }
    void comment(std::string_view part) override { take(part); }
    void raw(std::string_view, std::string_view part) override { take(part); }

private:
    void take(std::string_view part) {
        if (part.empty()) return;
        require(part.data() >= text_.data() + end_, "parts are in order and apart");
        end_ = static_cast<std::size_t>(part.data() - text_.data()) + part.size();
        require(end_ <= text_.size(), "a part lies within the text");
    }

    std::string_view text_;
    std::size_t end_ = 0;
};

void check_places(std::string_view text) {
    const std::vector<std::size_t> offsets{0, text.size() / 2, text.size() - 1};
    require(names_of_places(text, offsets).size() == offsets.size(), "every place has a name");
    require(keys_of_places(text, offsets).size() == offsets.size(), "every place has a key");
}

void check_escapes(std::string_view text, Escapes kind) {
    const Derived decoded = decode_escapes(text, kind);
    check(decoded, text);
    if (!has_escapes(text, kind) && kind != Escapes::percent)
        require(decoded.text() == text, "where there is no escape nothing is decoded");
}

void check_packing(Packing packing, std::string_view bytes) {
    constexpr Limits limits{.depth = 4,
                            .member_bytes = std::size_t{1} << 16,
                            .whole_bytes = std::size_t{1} << 20,
                            .unpacked_bytes = std::size_t{1} << 20,
                            .members = 100};
    std::size_t left = limits.unpacked_bytes;
    std::size_t given = 0;
    std::size_t members = 0;
    const auto sink = [&](std::string_view, const Stream& next) {
        ++members;
        for (auto part = next(); !part.empty(); part = next()) given += part.size();
    };
    static_cast<void>(unpack(packing, in_memory(bytes), limits, left, sink));
    require(given <= limits.unpacked_bytes, "no more is unpacked than may be");
    require(packing != Packing::archive || members <= limits.members, "no more members, either");
}

// --- the decoders ----------------------------------------------------------------------------

void html(std::string_view text) {
    for (const auto markup : {audit::Markup::page, audit::Markup::inner, audit::Markup::broken}) {
        Parts parts(text);
        split_markup(text, parts, markup);
    }
    Derived resolved;
    append_resolved(resolved, text, 0);
    check(resolved, text);
    if (!text.empty()) check_places(text);
}
void js(std::string_view text) {
    check_escapes(text, Escapes::string);
}
void json(std::string_view text) {
    js(text);
    if (!text.empty()) check_places(text);
}
void css(std::string_view text) {
    check_escapes(text, Escapes::css);
}
void percent(std::string_view text) {
    check_escapes(text, Escapes::percent);
    check(around_invalid(decode_escapes(text, Escapes::percent)),
          decode_escapes(text, Escapes::percent).text());
}
void mail(std::string_view text) {
    check_escapes(text, Escapes::quoted_printable);
    check(decode_encoded_words(text), text);
    static_cast<void>(is_mail(text));
}
void base64(std::string_view text) {
    constexpr std::size_t least = 12;
    std::size_t end = 0;
    while (const auto found = find_base64(text, end, least)) {
        require(found->offset >= end && found->end() <= text.size(), "stretches are apart");
        require(found->length * 3 / 4 + 1 >= least, "a stretch is long enough");
        for (std::size_t skip = 0; skip < 4; ++skip)
            require(decode_base64(text.substr(found->offset, found->length), skip).size() <=
                        found->length,
                    "what is decoded is no longer");
        end = found->end();
    }
}
void charset(std::string_view bytes) {
    auto encodings = legacy_encodings();
    encodings.insert(encodings.end(), {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "nonsense"});
    for (const auto& encoding : encodings) {
        const Derived decoded = decode_lossy(bytes, encoding);
        require(!first_invalid_utf8(decoded.text()), "what is decoded is UTF-8");
        check(decoded, bytes);
    }
    for (const Utf form : {Utf::utf16le, Utf::utf16be})
        require(!first_invalid_utf8(read_as_utf16(bytes, form)), "UTF-16 becomes UTF-8");
    static_cast<void>(wide_form(bytes));
    static_cast<void>(is_text_like(bytes));
}
void normal(std::string_view text) {
    static NormalForm form;
    NormalText normal_text(form);
    normal_text.append(text, 0);
    const std::string_view bytes = normal_text.bytes();
    for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 16 + 1)
        require(normal_text.origin(at) < text.size(), "a character comes from within the text");
    require(measure(bytes).units <= bytes.size(), "no text has more units than bytes");
    for (const auto kind : {Content::text, Content::html, Content::markdown})
        require(!readings_of(text, kind, 40, form).empty(), "every source can be read");
}
void archive(std::string_view bytes) {
    check_packing(Packing::archive, bytes);
}
void brotli(std::string_view bytes) {
    check_packing(Packing::brotli, bytes);
}
void pdf(std::string_view bytes) {
    check_packing(Packing::pdf, bytes);
}
void sqlite(std::string_view bytes) {
    check_packing(Packing::sqlite, bytes);
}
void image(std::string_view bytes) {
    for (const auto kind : {Packing::png, Packing::jpeg, Packing::gif, Packing::webp})
        check_packing(kind, bytes);
}

[[maybe_unused]] void all(std::string_view bytes) {
    for (const auto decoder : {html, js, json, css, percent, mail, base64, charset, normal, archive,
                               brotli, pdf, sqlite, image})
        decoder(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // A copy of just that size, so that a read behind its end is seen.
    const std::vector<char> copy(data, data + size);
    PAYWALL_LAYER({copy.data(), copy.size()});
    return 0;
}

// The text of PDF files, by poppler.

#include <poppler-document.h>
#include <poppler-embedded-file.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

std::string utf8_of(const poppler::ustring& text) {
    const auto bytes = text.to_utf8();
    return {bytes.begin(), bytes.end()};
}

class Reader {
public:
    Reader(const Limits& limits, std::size_t& left, const MemberSink& sink)
        : limits_(limits), left_(left), sink_(sink) {}

    /// Gives a member on; false where a limit is reached.
    bool give(std::string_view name, std::string_view bytes) {
        if (bytes.empty()) return true;
        return bytes.size() <= limits_.member_bytes && give_member(name, bytes, left_, sink_);
    }

private:
    const Limits& limits_;
    std::size_t& left_;
    const MemberSink& sink_;
};

bool give_pages(const poppler::document& document, const Limits& limits, Reader& reader) {
    std::string text;  // runs go on from page to page
    for (int i = 0; i < document.pages(); ++i) {
        const std::unique_ptr<poppler::page> page(document.create_page(i));
        if (!page) continue;
        text += utf8_of(page->text(poppler::rectf(), poppler::page::physical_layout));
        text += '\n';
        if (text.size() > limits.member_bytes) return false;
    }
    std::string raw;  // columns read in the other order
    for (int i = 0; i < document.pages() && raw.size() <= limits.member_bytes; ++i) {
        const std::unique_ptr<poppler::page> page(document.create_page(i));
        if (page) raw += utf8_of(page->text(poppler::rectf(), poppler::page::raw_order_layout));
    }
    return reader.give("pages", text) && reader.give("pages", raw);
}

bool give_metadata(const poppler::document& document, Reader& reader) {
    std::string text;
    for (const auto& key : document.info_keys()) text += utf8_of(document.info_key(key)) + "\n";
    return reader.give("information", text) &&
           reader.give("metadata", utf8_of(document.metadata()));
}

bool give_attachments(const poppler::document& document, Reader& reader) {
    if (!document.has_embedded_files()) return true;
    for (const auto* file : document.embedded_files()) {
        if (file == nullptr || !file->is_valid()) continue;
        const auto bytes = file->data();
        if (!reader.give(file->name(), {bytes.data(), bytes.size()})) return false;
    }
    return true;
}

}  // namespace

Unpacked unpack_pdf(const Bytes& file, const Limits& limits, std::size_t& left,
                    const MemberSink& sink) {
    if (file.size > std::min<std::size_t>(limits.whole_bytes, std::numeric_limits<int>::max()))
        return Unpacked::limit;
    const Whole whole_file(file);
    const auto bytes = whole_file.view();
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) return Unpacked::damaged;
    if (document->is_locked()) return Unpacked::encrypted;
    Reader reader(limits, left, sink);
    const bool whole = give_pages(*document, limits, reader) && give_metadata(*document, reader) &&
                       give_attachments(*document, reader);
    return whole ? Unpacked::whole : Unpacked::limit;
}

}  // namespace paywall::audit

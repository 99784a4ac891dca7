// Ways to publish a text that hide it from a search of bytes.

#include "tests/audit/packing.hpp"
#include "tests/audit/plant.hpp"

namespace paywall::audit::tests {
namespace {

std::u32string whole(const Plant& plant) {
    return plant.before + plant.run + plant.after;
}

std::string page(const Plant& plant, Random& random) {
    return "<html><body><p>" + entities(whole(plant), random) + "</p></body></html>";
}

Planted gzip(const Plant& plant, Random& random) {
    return {"a.html.gz", pack({{"", page(plant, random)}}, "raw", "gzip")};
}
Planted zstd(const Plant& plant, Random& random) {
    return {"a.html.zst", pack({{"", page(plant, random)}}, "raw", "zstd")};
}
Planted xz(const Plant& plant, Random& random) {
    return {"a.html.xz", pack({{"", page(plant, random)}}, "raw", "xz")};
}
Planted brotli(const Plant& plant, Random& random) {
    return {"a.html.br", pack_brotli(page(plant, random))};
}
Planted epub(const Plant& plant, Random& random) {
    return {"book.epub", pack({{"mimetype", "application/epub+zip"},
                               {"OEBPS/one.xhtml", "<html><body>free</body></html>"},
                               {"OEBPS/two.xhtml", page(plant, random)}},
                              "zip", "none")};
}
/// Word parts a paragraph into runs wherever it likes.
Planted docx(const Plant& plant, Random& random) {
    std::string xml = "<?xml version=\"1.0\"?><w:document><w:body><w:p>";
    for (const char32_t c : whole(plant)) {
        if (random() % 6 == 0) xml += "<w:r><w:rPr><w:b/></w:rPr></w:r>";
        xml += "<w:r><w:t xml:space=\"preserve\">" + entities({&c, 1}, random) + "</w:t></w:r>";
    }
    return {"a.docx",
            pack({{"word/document.xml", xml + "</w:p></w:body></w:document>"}}, "zip", "none")};
}
Planted tarball(const Plant& plant, Random& random) {
    return {"backup.tar.gz",
            pack({{"site/a.html", page(plant, random)}, {"site/b.txt", "x"}}, "pax", "gzip")};
}
Planted seven_zip(const Plant& plant, Random& random) {
    return {"a.7z", pack({{"a.html", page(plant, random)}}, "7zip", "none")};
}
Planted nested(const Plant& plant, Random& random) {
    const std::string inner = pack({{"", page(plant, random)}}, "raw", "gzip");
    const std::string zip = pack({{"a.html.gz", inner}}, "zip", "none");
    return {"a.tar.xz", pack({{"a.zip", zip}}, "ustar", "xz")};
}
Planted sqlite(const Plant& plant, Random&) {
    return {"search.db", pack_sqlite(to_utf8(whole(plant)))};
}
Planted png_text(const Plant& plant, Random&) {
    return {"a.png", pack_png("tEXt", to_utf8(whole(plant)))};
}
Planted png_packed(const Plant& plant, Random&) {
    return {"a.png", pack_png("zTXt", to_utf8(whole(plant)))};
}
Planted png_international(const Plant& plant, Random&) {
    return {"a.png", pack_png("iTXt", to_utf8(whole(plant)))};
}
std::string utf16(std::u32string_view text, bool little) {
    std::string bytes;
    for (const char32_t c : text) {
        const char low = static_cast<char>(c & 0xFF);
        const char high = static_cast<char>(c >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

using namespace std::string_literals;

/// Text as Exif has it: in a directory of tags, here the bytes around it only.
std::string exif(const Plant& plant, Random& random) {
    const std::string text =
        random() % 2 == 0 ? "UNICODE\0"s + utf16(whole(plant), false) : to_utf8(whole(plant));
    return "MM\0\x2A\0\0\0\x08\0\x01\x92\x86\0\x07"s + text + "\0\0\0\0"s;
}
std::string xmp_packet(const Plant& plant, Random& random) {
    return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:description>" +
           entities(whole(plant), random) + "</dc:description></x:xmpmeta>";
}

Planted jpeg_comment(const Plant& plant, Random&) {
    return {"a.jpg", pack_jpeg({{0xFE, to_utf8(whole(plant))}})};
}
Planted jpeg_exif(const Plant& plant, Random& random) {
    return {"a.jpg", pack_jpeg({{0xE1, "Exif\0\0"s + exif(plant, random)}})};
}
Planted jpeg_iptc(const Plant& plant, Random&) {
    const std::string text = to_utf8(whole(plant));
    const auto length =
        std::string{static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xFF)};
    return {"a.jpg", pack_jpeg({{0xED, "Photoshop 3.0\08BIM\x04\x04\0\0\0\0\x01\x00\x1C\x02\x78"s +
                                           length + text}})};
}
Planted xmp(const Plant& plant, Random& random) {
    return {"a.jpg",
            pack_jpeg({{0xE1, "http://ns.adobe.com/xap/1.0/\0"s + xmp_packet(plant, random)}})};
}
/// In segments that end anywhere.
Planted xmp_continued(const Plant& plant, Random& random) {
    const std::string packet = xmp_packet(plant, random);
    std::vector<std::pair<unsigned, std::string>> segments;
    for (std::size_t at = 0; at < packet.size(); at += 50)
        segments.emplace_back(0xE1, "http://ns.adobe.com/xmp/extension/\0"s + std::string(32, 'D') +
                                        "\0\0\4\0\0\0\0\0"s + packet.substr(at, 50));
    return {"a.jpg", pack_jpeg(segments)};
}
Planted gif_comment(const Plant& plant, Random& random) {
    return {"a.gif", pack_gif(std::string(random() % 255, '.') + to_utf8(whole(plant)))};
}
Planted webp_exif(const Plant& plant, Random& random) {
    return {"a.webp", pack_webp("EXIF", exif(plant, random))};
}
Planted webp_xmp(const Plant& plant, Random& random) {
    return {"a.webp", pack_webp("XMP ", xmp_packet(plant, random))};
}
Planted png_exif(const Plant& plant, Random& random) {
    return {"a.png", pack_png("eXIf", exif(plant, random))};
}
Planted text_in_data(const Plant& plant, Random&) {
    return {"a.bin", "\x7F\x45LF\x01\0\0\xFE"s + to_utf8(whole(plant)) + "\0\0\xFF\xFF"s};
}
Planted wide_in_data(const Plant& plant, Random& random) {
    const std::string odd(random() % 2, '\0');
    return {"a.bin", "\x7F\x45LF\x01\0\0\xFE"s + odd + utf16(whole(plant), random() % 2 == 0) +
                         "\0\0\xFF\xFF"s};
}
Planted pdf(const Plant& plant, Random&) {
    return {"a.pdf", pack_pdf(whole(plant))};
}
Planted packed_in_page(const Plant& plant, Random& random) {
    const std::string packed = pack({{"", page(plant, random)}}, "raw", "gzip");
    return {"a.html",
            "<html><body><script>load(\"" + base64_lines(packed) + "\")</script></body></html>"};
}
Planted mail_in_archive(const Plant& plant, Random&) {
    const std::string mail = "From: a@example.org\r\nMIME-Version: 1.0\r\nSubject: x\r\n\r\n" +
                             quoted_printable(to_utf8(whole(plant)));
    return {"mails.zip", pack({{"a.eml", mail}}, "zip", "none")};
}

}  // namespace

const std::vector<Wrapping>& packed_wrappings() {
    constexpr auto fixed = Encodable::no;
    static const std::vector<Wrapping> all = {
        {"gzip", fixed, gzip},
        {"zstd", fixed, zstd},
        {"xz", fixed, xz},
        {"brotli", fixed, brotli},
        {"epub", fixed, epub},
        {"docx", fixed, docx},
        {"tar.gz", fixed, tarball},
        {"7z", fixed, seven_zip},
        {"gzip in zip in tar.xz", fixed, nested},
        {"sqlite", fixed, sqlite},
        {"png tEXt", fixed, png_text},
        {"png zTXt", fixed, png_packed},
        {"png iTXt", fixed, png_international},
        {"png exif", fixed, png_exif},
        {"jpeg comment", fixed, jpeg_comment},
        {"jpeg exif", fixed, jpeg_exif},
        {"jpeg iptc", fixed, jpeg_iptc},
        {"xmp", fixed, xmp},
        {"xmp continued", fixed, xmp_continued},
        {"gif comment", fixed, gif_comment},
        {"webp exif", fixed, webp_exif},
        {"webp xmp", fixed, webp_xmp},
        {"utf-8 in data", fixed, text_in_data},
        {"utf-16 in data", fixed, wide_in_data},
        {"pdf", fixed, pdf},
        {"gzip in base64 in script", fixed, packed_in_page},
        {"mail in zip", fixed, mail_in_archive},
    };
    return all;
}

}  // namespace paywall::audit::tests

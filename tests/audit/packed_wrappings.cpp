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
Planted jpeg_comment(const Plant& plant, Random&) {
    using namespace std::string_literals;
    return {"a.jpg", "\xFF\xD8\xFF\xFE\0\x40"s + to_utf8(whole(plant)) + "\xFF\xDB\0\x43\x01\0\0"s};
}
Planted xmp(const Plant& plant, Random& random) {
    using namespace std::string_literals;
    return {"a.jpg",
            "\xFF\xD8\xFF\xE1\0\x40http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:description>"s +
                entities(whole(plant), random) + "</dc:description></x:xmpmeta>\xFF\xDB\0"s};
}
Planted wide_in_data(const Plant& plant, Random& random) {
    using namespace std::string_literals;
    std::string bytes = "\x7F\x45LF\x01\0\0\xFE"s;
    if (random() % 2 == 0) bytes += '\0';
    const bool little = random() % 2 == 0;
    for (const char32_t c : whole(plant)) {
        const char low = static_cast<char>(c & 0xFF);
        const char high = static_cast<char>(c >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return {"a.bin", bytes + "\0\0\xFF\xFF"s};
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
        {"jpeg comment", fixed, jpeg_comment},
        {"xmp", fixed, xmp},
        {"utf-16 in data", fixed, wide_in_data},
        {"pdf", fixed, pdf},
        {"gzip in base64 in script", fixed, packed_in_page},
        {"mail in zip", fixed, mail_in_archive},
    };
    return all;
}

}  // namespace paywall::audit::tests

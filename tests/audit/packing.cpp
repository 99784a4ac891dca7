#include "tests/audit/packing.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <brotli/encode.h>
#include <sqlite3.h>
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace paywall::audit::tests {
namespace {

void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

std::string big_endian(std::size_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
    return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
    const std::string body = type + data;
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big_endian(data.size()) + body + big_endian(sum);
}

std::string deflated(const std::string& text) {
    auto size = compressBound(text.size());
    std::string bytes(size, '\0');
    require(compress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                     reinterpret_cast<const Bytef*>(text.data()), text.size()) == Z_OK,
            "compress");
    bytes.resize(size);
    return bytes;
}

}  // namespace

std::string pack(const Members& members, const std::string& format, const std::string& filter) {
    archive* writer = archive_write_new();
    require(archive_write_set_format_by_name(writer, format.c_str()) == ARCHIVE_OK, "format");
    if (filter != "none")
        require(archive_write_add_filter_by_name(writer, filter.c_str()) == ARCHIVE_OK, "filter");
    archive_write_set_bytes_in_last_block(writer, 1);
    std::string bytes(std::size_t{1} << 20, '\0');
    for (const auto& member : members) bytes.resize(bytes.size() + 2 * member.second.size() + 2048);
    std::size_t used = 0;
    require(archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK,
            "open");
    for (const auto& [name, content] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        require(archive_write_header(writer, entry) == ARCHIVE_OK, "header");
        archive_entry_free(entry);
        require(archive_write_data(writer, content.data(), content.size()) ==
                    static_cast<la_ssize_t>(content.size()),
                "data");
    }
    require(archive_write_close(writer) == ARCHIVE_OK, "close");
    archive_write_free(writer);
    bytes.resize(used);
    return bytes;
}

std::string pack_brotli(std::string_view bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string packed(size, '\0');
    require(BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, bytes.size(),
                                  reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                  reinterpret_cast<std::uint8_t*>(packed.data())) == BROTLI_TRUE,
            "brotli");
    packed.resize(size);
    return packed;
}

std::string pack_sqlite(const std::string& body) {
    sqlite3* database = nullptr;
    require(sqlite3_open(":memory:", &database) == SQLITE_OK, "open");
    char* insert = sqlite3_mprintf(
        "PRAGMA page_size = 512;"  // so that a fuzzer takes all of it
        "CREATE VIRTUAL TABLE search USING fts5(title, body);"
        "INSERT INTO search VALUES('one', 'nothing'); INSERT INTO search VALUES('two', %Q);",
        body.c_str());
    require(sqlite3_exec(database, insert, nullptr, nullptr, nullptr) == SQLITE_OK, "insert");
    sqlite3_free(insert);
    sqlite3_int64 size = 0;
    unsigned char* image = sqlite3_serialize(database, "main", &size, 0);
    std::string bytes(reinterpret_cast<char*>(image), static_cast<std::size_t>(size));
    sqlite3_free(image);
    sqlite3_close(database);
    return bytes;
}

std::string pack_png(const std::string& type, const std::string& text) {
    using namespace std::string_literals;
    std::string data = "Description\0"s;
    if (type == "zTXt") data += "\0"s + deflated(text);
    if (type == "iTXt") data += "\1\0en\0Beschreibung\0"s + deflated(text);
    if (type == "tEXt") data += text;
    if (type == "eXIf") data = text;
    return "\x89PNG\r\n\x1A\n" + chunk("IHDR", "\0\0\0\1\0\0\0\1\x08\0\0\0\0"s) +
           chunk(type, data) + chunk("IDAT", deflated("\0\0"s)) + chunk("IEND", "");
}

std::string pack_jpeg(const std::vector<std::pair<unsigned, std::string>>& segments) {
    using namespace std::string_literals;
    std::string bytes = "\xFF\xD8"s;
    const auto add = [&](unsigned marker, const std::string& data) {
        bytes += '\xFF';
        bytes += static_cast<char>(marker);
        bytes += big_endian(data.size() + 2).substr(2) + data;
    };
    add(0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0"s);
    for (const auto& [marker, data] : segments) add(marker, data);
    add(0xDB, std::string(65, '\1'));
    add(0xDA, "\1\1\0\0\x3F\0"s);
    return bytes + "\x12\xFF\0\x34\xFF\xD0\x56\xFF\xD9"s;
}

std::string pack_gif(const std::string& comment) {
    using namespace std::string_literals;
    std::string bytes = "GIF89a\1\0\1\0\x80\0\0"s + std::string(6, '\7') + "\x21\xFE"s;
    for (std::size_t at = 0; at < comment.size(); at += 255) {
        const std::string block = comment.substr(at, 255);
        bytes += static_cast<char>(block.size());
        bytes += block;
    }
    return bytes + "\0\x2C\0\0\0\0\1\0\1\0\0\2\2\x44\1\0\x3B"s;
}

std::string pack_webp(const std::string& type, const std::string& data) {
    const auto little_endian = [](std::size_t number) {
        const std::string bytes = big_endian(number);
        return std::string(bytes.rbegin(), bytes.rend());
    };
    const auto part = [&](const std::string& name, const std::string& body) {
        return name + little_endian(body.size()) + body + std::string(body.size() % 2, '\0');
    };
    const std::string body = "WEBP" + part("VP8X", std::string(10, '\1')) +
                             part("VP8L", "\x2F\1\2\3\4") + part(type, data);
    return "RIFF" + little_endian(body.size()) + body;
}

std::string pack_pdf(std::u32string_view text) {
    // A font whose codes are UTF-16, which its ToUnicode map says.
    std::string lines;
    std::size_t column = 0;
    for (const char32_t c : text) {
        char code[8];
        std::snprintf(code, sizeof code, "%04X", static_cast<unsigned>(c == '\n' ? U' ' : c));
        if (column++ % 30 == 0) lines += (column == 1 ? "<" : "> Tj 0 -14 Td <");
        lines += code;
    }
    const std::string content = "BT /F1 10 Tf 40 800 Td " + lines + "> Tj ET";
    std::string map =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n";
    for (int block = 0; block < 256; block += 64) {
        map += "64 beginbfrange\n";
        for (int high = block; high < block + 64; ++high) {
            char range[64];
            std::snprintf(range, sizeof range, "<%02X00> <%02XFF> <%02X00>\n", high, high, high);
            map += range;
        }
        map += "endbfrange\n";
    }
    map += "endcmap end end";
    const auto stream = [](const std::string& bytes) {
        return "<< /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + bytes +
               "\nendstream";
    };
    const std::vector<std::string> objects = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font "
        "<< /F1 5 0 R >> >> >>",
        stream(content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 "
        "R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 8 0 R >>",
        stream(map),
        "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
        "/Ascent 800 /Descent 0 /CapHeight 700 /StemV 80 >>"};
    std::string pdf = "%PDF-1.5\n";
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        offsets.push_back(pdf.size());
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t table = pdf.size();
    pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t offset : offsets) {
        char entry[32];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", offset);
        pdf += entry;
    }
    return pdf + "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
           " /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

}  // namespace paywall::audit::tests

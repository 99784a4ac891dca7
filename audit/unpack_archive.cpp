// Archives and compressed files, by libarchive.

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

struct Closer {
    void operator()(archive* handle) const { archive_read_free(handle); }
};
using Archive = std::unique_ptr<archive, Closer>;

/// What a file is read as: libarchive takes zeros for an empty archive, and other formats any
/// text for theirs.
enum class Contents { members, one_file };

Archive open(std::string_view bytes, Contents contents) {
    Archive handle(archive_read_new());
    if (!handle) throw std::bad_alloc();
    archive_read_support_filter_all(handle.get());
    if (contents == Contents::one_file) {
        archive_read_support_format_raw(handle.get());
    } else {
        for (const auto support :
             {archive_read_support_format_zip, archive_read_support_format_tar,
              archive_read_support_format_7zip, archive_read_support_format_cpio,
              archive_read_support_format_rar, archive_read_support_format_rar5,
              archive_read_support_format_cab})
            support(handle.get());
    }
    if (archive_read_open_memory(handle.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return nullptr;
    return handle;
}

/// Does what is compressed begin like an archive?
Contents contents_of(std::string_view bytes) {
    const Archive handle = open(bytes, Contents::one_file);
    archive_entry* entry = nullptr;
    if (!handle || archive_read_next_header(handle.get(), &entry) < ARCHIVE_WARN)
        return Contents::members;
    std::string head(512, '\0');
    const la_ssize_t got = archive_read_data(handle.get(), head.data(), head.size());
    head.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return packing_of(head, "") == Packing::archive ? Contents::members : Contents::one_file;
}

/// Reads the member that is next into `member`.
Unpacked read_member(archive* handle, const Limits& limits, std::size_t& left,
                     std::string& member) {
    std::array<char, std::size_t{64} << 10> chunk;
    member.clear();
    while (true) {
        const la_ssize_t got = archive_read_data(handle, chunk.data(), chunk.size());
        if (got == 0) return Unpacked::whole;
        if (got < 0) return Unpacked::damaged;
        const auto size = static_cast<std::size_t>(got);
        if (size > left || member.size() + size > limits.member_bytes) return Unpacked::limit;
        left -= size;
        member.append(chunk.data(), size);
    }
}

std::string_view name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    return name == nullptr || std::string_view(name) == "data" ? "" : name;
}

/// The worse of two: what was not read counts.
Unpacked worse(Unpacked one, Unpacked other) {
    return one == Unpacked::whole ? other : one;
}

}  // namespace

Unpacked unpack_archive(std::string_view bytes, const Limits& limits, std::size_t& left,
                        const MemberSink& sink) {
    const Archive handle = open(bytes, contents_of(bytes));
    if (!handle) return Unpacked::damaged;
    auto result = Unpacked::whole;
    std::string member;
    for (std::size_t count = 0;; ++count) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(handle.get(), &entry);
        if (status == ARCHIVE_EOF) return result;
        if (status < ARCHIVE_WARN) return worse(result, Unpacked::damaged);
        if (count == limits.members) return Unpacked::limit;
        if (archive_entry_is_encrypted(entry) != 0) {
            result = worse(result, Unpacked::encrypted);
            continue;
        }
        const auto got = read_member(handle.get(), limits, left, member);
        result = worse(result, got);
        if (!member.empty() && !sink(name_of(entry), member)) return Unpacked::limit;
        if (left == 0) return Unpacked::limit;
    }
}

}  // namespace paywall::audit

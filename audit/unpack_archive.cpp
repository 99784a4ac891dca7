// Archives and compressed files, by libarchive.

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

struct Closer {
    void operator()(archive* handle) const { archive_read_free(handle); }
};
using Archive = std::unique_ptr<archive, Closer>;

/// What libarchive reads from, and where it is.
struct Input {
    const Bytes& bytes;
    std::size_t offset = 0;
    std::exception_ptr failure = nullptr;  // must not pass through C
};

la_ssize_t read_input(archive*, void* data, const void** buffer) {
    auto& input = *static_cast<Input*>(data);
    try {
        const auto part = input.bytes.from(input.offset);
        *buffer = part.data();
        input.offset += part.size();
        return static_cast<la_ssize_t>(part.size());
    } catch (...) {
        input.failure = std::current_exception();
        return ARCHIVE_FATAL;
    }
}

la_int64_t seek_input(archive*, void* data, la_int64_t offset, int whence) {
    auto& input = *static_cast<Input*>(data);
    const auto base = whence == SEEK_SET   ? std::size_t{0}
                      : whence == SEEK_CUR ? input.offset
                                           : input.bytes.size;
    const auto target = static_cast<la_int64_t>(base) + offset;
    if (target < 0) return ARCHIVE_FATAL;
    input.offset = std::min(static_cast<std::size_t>(target), input.bytes.size);
    return static_cast<la_int64_t>(input.offset);
}

la_int64_t skip_input(archive* handle, void* data, la_int64_t count) {
    const auto before = static_cast<la_int64_t>(static_cast<Input*>(data)->offset);
    return seek_input(handle, data, count, SEEK_CUR) - before;
}

/// What a file is read as: libarchive takes zeros for an empty archive, and other formats any
/// text for theirs.
enum class Contents { members, one_file };

Archive open(Input& input, Contents contents) {
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
    archive_read_set_seek_callback(handle.get(), seek_input);
    if (archive_read_open2(handle.get(), &input, nullptr, read_input, skip_input, nullptr) !=
        ARCHIVE_OK)
        return nullptr;
    return handle;
}

/// Does what is compressed begin like an archive?
Contents contents_of(const Bytes& bytes) {
    Input input{bytes};
    const Archive handle = open(input, Contents::one_file);
    archive_entry* entry = nullptr;
    if (!handle || archive_read_next_header(handle.get(), &entry) < ARCHIVE_WARN)
        return Contents::members;
    std::string head(512, '\0');
    const la_ssize_t got = archive_read_data(handle.get(), head.data(), head.size());
    head.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return packing_of(head, "") == Packing::archive ? Contents::members : Contents::one_file;
}

/// Reads the member that is next as the sink asks for it.
class Member {
public:
    Member(archive* handle, std::size_t& left) : handle_(handle), left_(left), chunk_(size, '\0') {}

    [[nodiscard]] std::string_view next() {
        if (state_ != Unpacked::whole) return {};
        const la_ssize_t got = archive_read_data(handle_, chunk_.data(), chunk_.size());
        if (got < 0) state_ = Unpacked::damaged;
        if (got <= 0) return {};
        const auto length = static_cast<std::size_t>(got);
        if (length > left_) {
            state_ = Unpacked::limit;
            return {};
        }
        left_ -= length;
        return std::string_view(chunk_).substr(0, length);
    }

    [[nodiscard]] Unpacked state() const { return state_; }

private:
    static constexpr std::size_t size = std::size_t{64} << 10;

    archive* handle_;
    std::size_t& left_;
    std::string chunk_;
    Unpacked state_ = Unpacked::whole;
};

std::string_view name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    return name == nullptr || std::string_view(name) == "data" ? "" : name;
}

/// The worse of two: what was not read counts.
Unpacked worse(Unpacked one, Unpacked other) {
    return one == Unpacked::whole ? other : one;
}

}  // namespace

Unpacked unpack_archive(const Bytes& bytes, const Limits& limits, std::size_t& left,
                        const MemberSink& sink) {
    Input input{bytes};
    const Archive handle = open(input, contents_of(bytes));
    if (!handle) return Unpacked::damaged;
    auto result = Unpacked::whole;
    for (std::size_t count = 0;; ++count) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(handle.get(), &entry);
        if (input.failure) std::rethrow_exception(input.failure);
        if (status == ARCHIVE_EOF) return result;
        if (status < ARCHIVE_WARN) return worse(result, Unpacked::damaged);
        if (count == limits.members) return Unpacked::limit;
        if (archive_entry_is_encrypted(entry) != 0) {
            result = worse(result, Unpacked::encrypted);
            continue;
        }
        Member member(handle.get(), left);
        sink(name_of(entry), [&] { return member.next(); });
        if (input.failure) std::rethrow_exception(input.failure);
        result = worse(result, member.state());
        if (left == 0 || member.state() == Unpacked::limit) return Unpacked::limit;
    }
}

}  // namespace paywall::audit

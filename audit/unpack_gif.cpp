// The comments and texts of GIF images (GIF89a, 24 and 25), which lie in blocks of 255 bytes.

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

constexpr char extension = '\x21';
constexpr char image = '\x2C';
constexpr char trailer = '\x3B';
constexpr char comment_label = '\xFE';
constexpr char text_label = '\x01';

/// The size of a colour table that the packed fields of a descriptor tell of.
std::size_t table_size(char fields) {
    const auto bits = static_cast<unsigned char>(fields);
    return (bits & 0x80U) == 0 ? 0 : std::size_t{3} << ((bits & 7U) + 1);
}

class Reader {
public:
    Reader(const Bytes& bytes, std::size_t most) : bytes_(bytes), most_(most) {}

    [[nodiscard]] std::string take(std::size_t length) {
        std::string taken = copy_of(bytes_, at_, length);
        at_ += length;
        return taken;
    }
    void skip(std::size_t length) { at_ += length; }

    /// The blocks that follow, joined; those of pictures are not kept.
    enum class Keep { no, yes };
    [[nodiscard]] std::string take_blocks(Keep keep) {
        std::string joined;
        while (at_ < bytes_.size) {
            const std::string size = take(1);
            const std::size_t length = size.empty() ? 0 : static_cast<unsigned char>(size[0]);
            if (length == 0) return joined;
            if (keep == Keep::yes && joined.size() < most_)
                joined += take(length);
            else
                skip(length);
        }
        is_cut_ = true;
        return joined;
    }
    /// Did blocks go on to behind the end?
    [[nodiscard]] bool is_cut() const { return is_cut_; }

private:
    const Bytes& bytes_;
    std::size_t most_;
    std::size_t at_ = 0;
    bool is_cut_ = false;
};

}  // namespace

Unpacked unpack_gif(const Bytes& bytes, const Limits& limits, std::size_t& left,
                    const MemberSink& sink) {
    Reader reader(bytes, limits.member_bytes);
    const std::string screen = reader.take(13);
    if (screen.size() < 13) return Unpacked::damaged;
    reader.skip(table_size(screen[10]));
    while (!reader.is_cut()) {
        const std::string introducer = reader.take(1);
        if (introducer.empty()) return Unpacked::damaged;
        if (introducer[0] == trailer) return Unpacked::whole;
        if (introducer[0] == image) {
            const std::string descriptor = reader.take(9);
            if (descriptor.size() < 9) return Unpacked::damaged;
            reader.skip(table_size(descriptor[8]) + 1);
            static_cast<void>(reader.take_blocks(Reader::Keep::no));
        } else if (introducer[0] == extension) {
            const std::string label = reader.take(1);
            const bool tells = label.starts_with(comment_label) || label.starts_with(text_label);
            const auto text = reader.take_blocks(tells ? Reader::Keep::yes : Reader::Keep::no);
            if (!give_member("comment", text, left, sink)) return Unpacked::limit;
            if (text.size() >= limits.member_bytes) return Unpacked::limit;
        } else {
            return Unpacked::damaged;
        }
    }
    return Unpacked::damaged;
}

}  // namespace paywall::audit

#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace paywall {

using ByteSet = std::bitset<256>;

/// What a scan looks for: code points, and runs of up to six bytes, each in a set of its own. The
/// first three bytes are found in one vector step for eight groups at once: a group
/// over-approximates what it holds position by position, so it should hold what is alike;
/// matches() is exact.
class ScanPattern {
public:
    static constexpr std::size_t width = 3;
    static constexpr std::size_t longest = 6;
    static constexpr std::size_t groups = 8;
    using Shape = std::vector<ByteSet>;  // at most `longest`

    /// Behind the 63rd shape all share one, which holds more than each of them.
    void add(std::size_t group, const Shape& shape);
    /// The UTF-8 sequence of one code point.
    void add(std::size_t group, char32_t code_point);

    /// Does a shape match at this place? `longest` bytes must be readable.
    [[nodiscard]] bool matches(const char* place) const;

    /// By position and half of a byte: the groups that may hold it, a bit each.
    using Halves = std::array<std::array<std::uint8_t, 16>, width>;
    [[nodiscard]] const Halves& low() const { return low_; }
    [[nodiscard]] const Halves& high() const { return high_; }

private:
    void join(std::size_t group, std::size_t position, std::size_t byte);
    void join_any(std::size_t group, std::size_t from);

    static constexpr std::size_t most_shapes = 64;

    Halves low_{};
    Halves high_{};
    // By position and byte: the shapes that may go on there, a bit each.
    std::array<std::array<std::uint64_t, 256>, longest> shapes_{};
    std::size_t shape_count_ = 0;
    std::vector<bool> code_points_ = std::vector<bool>(0x110000);
};

/// Bytes of the run of units that a text begins with: its first `unit` bytes, again and again.
/// 0 < unit <= text.size().
[[nodiscard]] std::size_t length_of_run(std::string_view text, std::size_t unit);

enum class ScanMethod { vector, plain };

/// One pass over a text: the next place that matches, block by block, and whether the text is
/// UTF-8, which takes the same bytes. Vectorised with Google Highway for the best instruction set
/// of the machine that runs it; ScanMethod::plain is the same in portable C++. Views both
/// arguments.
class Scanner {
public:
    Scanner(const ScanPattern& pattern, std::string_view text,
            ScanMethod method = ScanMethod::vector);

    /// Up to where nothing matches: the first matching offset at or after `from`, or text.size(),
    /// or, after a long stride without a match, where it has got to. `from` must not decrease
    /// from call to call.
    [[nodiscard]] std::size_t next(std::size_t from);

    /// Is all that next() has gone through UTF-8 without NUL? (It reads a little ahead: a fault may
    /// stand behind what it gave.)
    [[nodiscard]] bool is_sound() const { return is_sound_; }
    /// Goes through the rest, where that has not been read. Is all of the text?
    [[nodiscard]] bool finish();

    [[nodiscard]] std::string_view text() const { return text_; }

    /// So long a text is still in the cache when its reader gets it.
    static constexpr std::size_t stride = std::size_t{16} << 10U;

    static constexpr std::size_t block_size = 4096;

private:
    using Bits = std::array<std::uint64_t, block_size / 64>;
    static constexpr std::size_t ahead = ScanPattern::longest - 1;
    static constexpr char padding = '\x01';  // behind the text: a NUL would be a fault of it

    [[nodiscard]] std::size_t find(std::size_t from);
    void read_block();

    const ScanPattern& pattern_;
    std::string_view text_;
    ScanMethod method_;
    std::size_t found_ = 0;  // what next() gave last
    bool is_match_ = false;
    bool is_sound_ = true;
    std::size_t start_ = 0;  // of the block that bits_ speak of
    std::size_t end_ = 0;
    const char* block_ = nullptr;  // its bytes, with `ahead` more: in the text or in padded_
    std::size_t words_ = 0;        // so many of bits_ speak of it
    Bits bits_;                    // its candidates
    std::array<char, block_size + ahead> padded_;  // the end of the text and padding
};

}  // namespace paywall

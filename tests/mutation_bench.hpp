#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/dialect.hpp"
#include "tests/mutators.hpp"

/// Sources with damaged markers, and what became of them.
namespace paywall::test {

/// What a preview must not hold.
inline constexpr std::string_view secret = "Quince-7319";

/// A source around one section whose markers are damaged (`{O}`, `{C}`), perhaps with sound ones
/// beside it (`{o}`, `{c}`). `@` is the secret.
struct Context {
    const char* name;
    std::string_view source;
};

[[nodiscard]] const std::vector<Context>& contexts();

struct Spelling {
    Marker open;
    Marker close;
};

[[nodiscard]] std::vector<Spelling> spellings();

[[nodiscard]] std::string written(const Context& context, const Spelling& spelling,
                                  const std::string& open, const std::string& close);

struct Editions {
    std::string preview;
    std::string full;
    friend bool operator==(const Editions&, const Editions&) = default;
};

enum class Fate { cut, refused, unread, wrong };

/// Both editions, or what became of the source instead.
[[nodiscard]] std::variant<Editions, Fate> read(const std::string& source);

/// Those of a context whose markers are as they should be.
[[nodiscard]] Editions sound_editions(const Context& context, const Spelling& spelling);

/// Can a damaged marker be told at a place (`{O}`, `{C}`) of a context? A word without delimiters
/// has to be one there too, and the name of a tag without `>` has to end: `<paidContent` is
/// another tag.
[[nodiscard]] bool stands_alone(const Context& context, std::string_view place, Family family);
/// At both places.
[[nodiscard]] bool stands_alone(const Context& context, Family family);

/// Judges sources and counts their fates, by the name of what damaged them.
class Bench {
public:
    Bench() = default;
    ~Bench();  // prints the counts
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    /// Fails the test unless the source is refused, or cut as the sound one.
    void judge(const std::string& name, const std::string& source, const Editions& sound);

    [[nodiscard]] std::size_t total() const { return total_; }

private:
    std::map<std::string, std::array<std::size_t, 4>> counts_;
    std::size_t total_ = 0;
    std::size_t failures_ = 0;
};

}  // namespace paywall::test

// Any bytes under any name can be searched: it ends, and what it says of them is within them. The
// input's first byte chooses the name, by which the decoders are chosen that bytes do not choose.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "audit/explorer.hpp"
#include "audit/paid_text.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paywall;
using namespace paywall::audit;

constexpr std::string_view paid =
    "Captain Lin's timetable, as he gave it to us on the quay that morning, is the only one";

const Index& index() {
    static const Index built = [] {
        Index made(16);
        NormalForm form;
        made.add_segment({0, {}, paid.size()});
        for (const auto& reading : readings_of(paid, Content::text, 16, form))
            made.add_text(reading);
        made.build();
        return made;
    }();
    return built;
}

void check(const Explored& explored) {
    for (const Leak& leak : explored.leaks) {
        fuzz::require(leak.segment == 0, "a leak is of a segment");
        fuzz::require(!leak.paid.empty(), "a leak has a run");
        fuzz::require(leak.location.line > 0 && leak.location.column > 0, "a leak has a place");
        for (const Span run : leak.paid)
            fuzz::require(measure(index().text(run)).units >= index().units(),
                          "a run reaches the threshold");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array names{"a.html", "a.json", "a.css", "a.eml", "a.br", "a", "a.xml", "a.js"};
    static Explorer explorer(index(), {Parser(fastadmin())},
                             {.depth = 6,
                              .member_bytes = std::size_t{1} << 18,
                              .unpacked_bytes = std::size_t{1} << 20,
                              .members = 100});
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Explored explored = explorer.explore(bytes, names.at(data[0] % names.size()));
    check(explored);
    // As it was found: paid text behind anything is found where nothing hides it.
    if (bytes.find('\0') != bytes.npos) return 0;
    const std::string plain = "\n" + std::string(paid);
    fuzz::require(!explorer.explore(plain, "a.txt").leaks.empty(), "state is kept between files");
    return 0;
}

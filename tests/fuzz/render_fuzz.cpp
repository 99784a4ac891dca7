// Whatever parses can be rendered, and no edition shows what it should not.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/properties.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace paywall;
    using namespace paywall::fuzz;
    const Input input = read_input({reinterpret_cast<const char*>(data), size});
    const auto parsed = parser().parse(input.source, input.options);
    if (const auto* document = std::get_if<Document>(&parsed)) check_editions(*document, input);
    return 0;
}

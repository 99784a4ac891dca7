// Any bytes give a document or diagnostics, and both keep their promises.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace paywall;
    using namespace paywall::fuzz;
    const Input input = read_input({reinterpret_cast<const char*>(data), size});
    const auto parsed = parser().parse(input.source, input.options);
    if (const auto* document = std::get_if<Document>(&parsed)) {
        require(document->warnings.errors == 0, "a document has no errors");
        check_diagnostics(document->warnings, input);
        check_document(*document, input);
    } else {
        const auto& diagnostics = std::get<Diagnostics>(parsed);
        require(diagnostics.errors > 0, "a refused source has an error");
        check_diagnostics(diagnostics, input);
    }
    return 0;
}

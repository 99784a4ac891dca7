#include "tools/commands.hpp"
#include "tools/options.hpp"

int main(int argc, char** argv) {
    using namespace paywall::tools;
    let_writes_fail();
    const auto parsed = parse_options(argc, argv, environment());
    const auto* options = std::get_if<Options>(&parsed);
    return static_cast<int>(options != nullptr ? run(*options) : tell(std::get<Reply>(parsed)));
}

// Writes seeds for the fuzz targets of the audit: every way to publish a text that its tests know.
// `layer_seeds DIRECTORY`

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/audit/plant.hpp"

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    using namespace paywall::audit::tests;
    if (argc != 2) return 2;
    fs::create_directories(argv[1]);
    Random random(1);
    std::size_t number = 0;
    for (const auto* wrappings : {&text_wrappings(), &packed_wrappings()}) {
        for (const auto& wrapping : *wrappings) {
            for (const auto& language : {languages().front(), languages().at(2)}) {
                const auto planted =
                    wrapping.wrap({U"", make_text(language, 60, random), U""}, random);
                const auto path = fs::path(argv[1]) / ("layer-" + std::to_string(number++));
                std::ofstream file(path, std::ios::binary);
                file << planted.bytes;
                if (!file.flush()) return 1;
            }
        }
    }
    return 0;
}

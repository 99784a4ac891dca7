// Planted leaks: every layer, encoding, language, length and change. All of the threshold's length
// or more are found.

#include <gtest/gtest.h>

#include <map>
#include <variant>

#include "audit/explorer.hpp"
#include "audit/paid_text.hpp"
#include "parser/encoding.hpp"
#include "tests/audit/packing.hpp"
#include "tests/audit/plant.hpp"

namespace paywall::audit::tests {
namespace {

constexpr std::size_t threshold = 40;

enum class Mark { none, byte_order };

struct Encoding {
    std::string name;
    Mark mark;
};

const std::vector<Encoding>& encodings() {
    static const std::vector<Encoding> all = {
        {"UTF-8", Mark::none},          {"UTF-8", Mark::byte_order}, {"UTF-16LE", Mark::byte_order},
        {"UTF-16BE", Mark::byte_order}, {"GB18030", Mark::none},     {"Big5", Mark::none},
        {"Shift_JIS", Mark::none},
    };
    return all;
}

/// The bytes in that encoding; none where it cannot hold them.
std::optional<std::string> encoded(const std::string& utf8, const Encoding& encoding) {
    const std::string mark = encoding.mark == Mark::byte_order ? "\uFEFF" : "";
    if (encoding.name == "UTF-8") return mark + utf8;
    auto bytes = encode(mark + utf8, encoding.name);
    if (auto* text = std::get_if<std::string>(&bytes)) return std::move(*text);
    return std::nullopt;
}

struct Counts {
    std::size_t planted = 0;
    std::size_t missed = 0;
    std::size_t below = 0;
    std::size_t below_found = 0;
};

class Matrix : public testing::TestWithParam<Language> {
protected:
    void SetUp() override {
        const Language& language = GetParam();
        for (std::uint32_t i = 0; i < 20; ++i) texts_.push_back(make_text(language, 200, random_));
        NormalForm form;
        for (std::uint32_t i = 0; i < texts_.size(); ++i) {
            const auto readings = readings_of(to_utf8(texts_[i]), Content::text, threshold, form);
            index_.add_segment({i, {}, measure(readings.front()).characters});
            for (const auto& reading : readings) index_.add_text(reading);
        }
        index_.build();
    }

    Plant plant(std::size_t units, Change change) {
        const auto& text = texts_[random_() % texts_.size()];
        const auto& strange = GetParam().strange;
        const auto around = [&] {
            std::u32string letters;
            for (std::size_t i = 0; i < 10; ++i) letters += strange[random_() % strange.size()];
            return letters;
        };
        const std::u32string run =
            units == 0
                ? text
                : cut_run(text, units, units < threshold ? Size::at_most : Size::at_least, random_);
        return {around(), change_text(run, change, random_), around()};
    }

    enum class Packed { no, yes };

    void try_out(const Wrapping& wrapping, const Encoding& encoding, std::size_t units,
                 Change change, Packed packed = Packed::no) {
        Planted planted = wrapping.wrap(plant(units, change), random_);
        auto bytes = encoded(planted.bytes, encoding);
        if (!bytes) return;
        if (packed == Packed::yes) {
            bytes = pack({{planted.name, *bytes}}, "zip", "none");
            planted.name = "a.zip";
        }
        const bool found = !explorer_.explore(*bytes, planted.name).leaks.empty();
        if (units + 1 == threshold) {
            ++counts_.below;
            counts_.below_found += found ? 1 : 0;
            return;
        }
        ++counts_.planted;
        if (found) return;
        if (++counts_.missed > 20) return;
        ADD_FAILURE() << wrapping.name << ", " << encoding.name << ", " << units << " units, "
                      << name_of(change) << ":\n"
                      << planted.bytes.substr(0, 2000);
    }

    Random random_{7};
    std::vector<std::u32string> texts_;
    Index index_{threshold};
    Explorer explorer_{index_, {Parser(fastadmin())}};
    Counts counts_;
};

constexpr std::size_t lengths[] = {threshold - 1, threshold, threshold + 1, 0};

TEST_P(Matrix, FindsAllInTexts) {
    for (const auto& wrapping : text_wrappings())
        for (const auto& encoding : encodings())
            if (wrapping.encodable == Encodable::yes || encoding.name == "UTF-8")
                for (const std::size_t units : lengths)
                    for (const Change change : all_changes())
                        try_out(wrapping, encoding, units, change);
    std::printf("%s: %zu planted in texts, %zu missed; %zu below the threshold, %zu found\n",
                GetParam().name.c_str(), counts_.planted, counts_.missed, counts_.below,
                counts_.below_found);
    EXPECT_EQ(counts_.missed, 0U);
    EXPECT_GT(counts_.planted, 2500U);
}

TEST_P(Matrix, FindsAllInWhatIsPacked) {
    for (const auto& wrapping : packed_wrappings())
        for (const std::size_t units : lengths)
            for (const Change change : all_changes())
                try_out(wrapping, encodings().front(), units, change);
    std::printf("%s: %zu planted in packed files, %zu missed; %zu below the threshold, %zu found\n",
                GetParam().name.c_str(), counts_.planted, counts_.missed, counts_.below,
                counts_.below_found);
    EXPECT_EQ(counts_.missed, 0U);
    EXPECT_GT(counts_.planted, 200U);
}

TEST_P(Matrix, FindsAllInEncodedMembers) {
    for (const auto& wrapping : text_wrappings())
        for (const auto& encoding : encodings())
            if (wrapping.encodable == Encodable::yes)
                for (const std::size_t units : lengths)
                    try_out(wrapping, encoding, units, Change::reflowed, Packed::yes);
    std::printf("%s: %zu planted in encoded members, %zu missed\n", GetParam().name.c_str(),
                counts_.planted, counts_.missed);
    EXPECT_EQ(counts_.missed, 0U);
    EXPECT_GT(counts_.planted, 400U);
}

INSTANTIATE_TEST_SUITE_P(Languages, Matrix, testing::ValuesIn(languages()),
                         [](const auto& language) { return language.param.name; });

}  // namespace
}  // namespace paywall::audit::tests

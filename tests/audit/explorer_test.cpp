// What an explorer keeps from file to file changes nothing of what it finds.

#include "audit/explorer.hpp"

#include <gtest/gtest.h>

#include "audit/paid_text.hpp"
#include "tests/audit/plant.hpp"

namespace paywall::audit::tests {
namespace {

const std::string paid =
    "Captain Lin's timetable, as he gave it to us on the quay that morning, is the only one";

class Kept : public testing::Test {
protected:
    void SetUp() override {
        NormalForm form;
        index_.add_segment({0, {}, paid.size()});
        for (const auto& reading : readings_of(paid, Content::text, 40, form))
            index_.add_text(reading);
        index_.build();
    }

    std::size_t leaks_in(const std::string& page, const std::string& name = "a.html") {
        return explorer_.explore(page, name).leaks.size();
    }

    static std::string in_element(const std::string& element, const std::string& part) {
        return "<html><" + element + ">" + part + "</" + element + "></html>";
    }

    Index index_{40};
    Explorer explorer_{index_, {Parser(fastadmin())}};
};

TEST_F(Kept, ScriptThatLeaksIsFoundOnEveryPage) {
    const std::string page = in_element("script", "let x = " + json_quoted(paid));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(leaks_in(page), 1U);
}

/// Of two texts that are the same in one file only the first is read.
TEST_F(Kept, ScriptWhoseTextStoodBeforeIsFoundOnTheNextPage) {
    const std::string script = base64_lines(paid);
    EXPECT_EQ(leaks_in("<html><p>" + script + "</p>" + in_element("script", script)), 1U);
    EXPECT_EQ(leaks_in(in_element("script", script)), 1U);
}

TEST_F(Kept, StyleIsNoScript) {
    Random random(5);
    const std::string style = css_string(std::u32string(paid.begin(), paid.end()), random);
    EXPECT_EQ(leaks_in(in_element("script", style)), 0U) << "choose another seed";
    EXPECT_EQ(leaks_in(in_element("style", style)), 1U);
}

TEST_F(Kept, CleanScriptsOfManyPages) {
    for (int i = 0; i < 2000; ++i)
        EXPECT_EQ(leaks_in(in_element("script", std::string(1000, 'x') + std::to_string(i))), 0U);
    EXPECT_EQ(leaks_in(in_element("script", paid)), 1U);
}

}  // namespace
}  // namespace paywall::audit::tests

// The command-line scenarios of tests/cli. With PAYWALL_UPDATE_SCENARIOS set, what differs is
// written into the scenarios instead: to be read before it is committed.

#include <gtest/gtest.h>
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include "tests/scenario.hpp"

namespace paywall::tests {
namespace {

namespace fs = std::filesystem;

class ScenarioDirectory {
public:
    ScenarioDirectory() {
        std::string name = (fs::temp_directory_path() / "paywall-cli-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
        // Scenarios may give up their privileges.
        fs::permissions(path_, fs::perms::all);
    }
    ScenarioDirectory(const ScenarioDirectory&) = delete;
    ScenarioDirectory& operator=(const ScenarioDirectory&) = delete;
    ~ScenarioDirectory() {
        const std::string command = "chmod -R u+rwX '" + path_ + "'; rm -rf '" + path_ + "'";
        EXPECT_EQ(std::system(command.c_str()), 0);
    }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

void set_up(const Scenario& scenario, const std::string& directory) {
    for (const auto& [word, argument, body] : scenario.sections) {
        const std::string path = directory + "/" + argument;
        if (word == "file") write_text(path, body);
        if (word == "bytes") write_text(path, body.substr(0, body.size() - 1));
        if (word == "setup") {
            const Ran ran = run_script(body, directory);
            ASSERT_EQ(ran.status, 0) << ran.error;
        }
    }
}

std::string body_of(const Scenario& scenario, const std::string& word) {
    for (const auto& section : scenario.sections)
        if (section.word == word) return section.body;
    return {};
}

int expected_status(const Scenario& scenario) {
    for (const auto& section : scenario.sections)
        if (section.word == "exit") return std::stoi(section.argument);
    return 0;
}

/// Puts what came in the place of what was expected.
void update(Scenario scenario, const Ran& ran, const std::string& directory) {
    auto& sections = scenario.sections;
    sections.erase(std::remove_if(sections.begin(), sections.end(),
                                  [](const Section& section) {
                                      return section.word == "exit" || section.word == "stdout" ||
                                             section.word == "stderr";
                                  }),
                   sections.end());
    auto at = std::find_if(sections.begin(), sections.end(),
                           [](const Section& section) { return section.word == "run"; });
    std::vector<Section> came;
    if (ran.status != 0) came.push_back({"exit", std::to_string(ran.status), {}});
    if (!ran.output.empty()) came.push_back({"stdout", {}, ran.output});
    if (!ran.error.empty()) came.push_back({"stderr", {}, ran.error});
    sections.insert(at + 1, came.begin(), came.end());
    for (auto& section : sections) {
        if (section.word == "tree") section.body = list_tree(directory, section.argument);
        if (section.word == "content") section.body = read_text(directory + "/" + section.argument);
    }
    write_scenario(scenario);
}

class CommandLine : public testing::TestWithParam<std::string> {};

TEST_P(CommandLine, Scenario) {
    const Scenario scenario = read_scenario(GetParam());
    const ScenarioDirectory place;
    ASSERT_NO_FATAL_FAILURE(set_up(scenario, place.path()));
    const Ran ran = run_script(body_of(scenario, "run"), place.path());
    if (std::getenv("PAYWALL_UPDATE_SCENARIOS") != nullptr) {
        update(scenario, ran, place.path());
        return;
    }
    SCOPED_TRACE(scenario.path + "\n" + scenario.prose);
    EXPECT_EQ(ran.output, body_of(scenario, "stdout"));
    EXPECT_EQ(ran.error, body_of(scenario, "stderr"));
    EXPECT_EQ(ran.status, expected_status(scenario));
    for (const auto& [word, argument, body] : scenario.sections) {
        if (word == "tree") {
            EXPECT_EQ(list_tree(place.path(), argument), body) << argument;
        }
        if (word == "content") {
            EXPECT_EQ(read_text(place.path() + "/" + argument), body) << argument;
        }
    }
}

std::vector<std::string> scenario_files() {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(PAYWALL_SCENARIOS))
        if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

std::string name_of(const testing::TestParamInfo<std::string>& info) {
    std::string name = fs::path(info.param).stem().string();
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Cli, CommandLine, testing::ValuesIn(scenario_files()), name_of);

}  // namespace
}  // namespace paywall::tests

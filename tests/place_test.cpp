// Every place of a marker with every kind of interruption: each is found by itself, so that no two
// of them, one in an opener and one in its closer, can pass together.

#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <vector>

#include "tests/interruptions.hpp"
#include "tests/mutation_bench.hpp"
#include "tests/pick.hpp"
#include "tests/seed.hpp"

namespace paywall::test {
namespace {

/// A marker as it is before it is interrupted: exact, or a core word in other delimiters or none.
struct Base {
    std::string name;
    Form form;
    Marker marker;
};

Form with_delimiters(const Form& form, const std::string& before, const std::string& after) {
    Form out{{}, form.role, form.kind};
    for (const char c : before) out.units.push_back({c, std::string(1, c), Part::before});
    for (const Unit& unit : form.units) {
        if (unit.part == Part::word) out.units.push_back(unit);
    }
    for (const char c : after) out.units.push_back({c, std::string(1, c), Part::after});
    return out;
}

std::vector<Base> bases() {
    std::vector<Base> all;
    for (const Spelling& spelling : spellings()) {
        for (const Marker& marker : {spelling.open, spelling.close}) {
            all.push_back({marker.text(), form_of(marker), marker});
        }
    }
    const Spelling first = spellings().front();
    for (const Marker& marker : {first.open, first.close}) {
        const Form form = form_of(marker);
        for (const auto& [before, after] :
             {std::pair{"", ""}, {"#", "#"}, {"$", "$"}, {"#", ""}, {"", "##"}, {"[", "]"}}) {
            const Form bare = with_delimiters(form, before, after);
            all.push_back({bare.text(), bare, marker});
        }
    }
    return all;
}

bool is_exact(const Base& base) {
    return base.name == base.marker.text();
}

/// A source with this text for one of its markers and nothing for the other: nothing but the text
/// itself can give it away.
std::string with_lone_marker(const Context& context, const Base& base, const std::string& text) {
    const bool opens = base.form.role == Role::open;
    for (const Spelling& spelling : spellings()) {
        if (spelling.open.spelling != base.marker.spelling) continue;
        return written(context, spelling, opens ? text : "", opens ? "" : text);
    }
    return {};
}

/// Contexts in turn, but those where a bare word would be part of another one.
class Turn {
public:
    explicit Turn(Random& random) : at_(random(contexts().size())) {}

    const Context& next(const Base& base, const std::string& text) {
        for (;;) {
            const Context& context = contexts()[at_++ % contexts().size()];
            if (is_exact(base) || can_be_told(context, base, text)) return context;
        }
    }

private:
    static bool can_be_told(const Context& context, const Base& base, const std::string& text) {
        const auto place = base.form.role == Role::open ? "{O}" : "{C}";
        if (!stands_alone(context, place, Family::bare)) return false;
        // `_` beside letters is part of a name.
        return text.front() != '_' && text.back() != '_';
    }

    std::size_t at_;
};

class Lone {
public:
    explicit Lone(std::uint64_t seed) : random_(seed), turn_(random_) {}

    void judge(const std::string& name, const Base& base, const Form& damaged) {
        const std::string text = damaged.text();
        const Context& context = turn_.next(base, text);
        // No editions are sound: it has to be refused.
        bench_.judge(name, with_lone_marker(context, base, text), {"?", "?"});
    }
    Random& random() { return random_; }
    [[nodiscard]] std::size_t total() const { return bench_.total(); }

private:
    Random random_;
    Turn turn_;
    Bench bench_;
};

/// The texts of a class that are tried at one place: all, or some where everything is slow.
std::vector<std::string> tried(const Interruption& interruption, Random& random) {
    constexpr std::size_t some = 3;
    if (!is_slow_build || interruption.texts.size() <= some) return interruption.texts;
    std::vector<std::string> texts;
    while (texts.size() < some) {
        texts.push_back(interruption.texts[random(interruption.texts.size())]);
    }
    return texts;
}

void interrupt_everywhere(Lone& lone, const std::vector<Interruption>& interruptions) {
    for (const Base& base : bases()) {
        for (const Interruption& interruption : interruptions) {
            for (std::size_t place = 1; place < base.form.units.size(); ++place) {
                for (const std::string& text : tried(interruption, lone.random())) {
                    Form damaged = base.form;
                    insert(damaged, place, text);
                    lone.judge(interruption.name, base, damaged);
                }
            }
        }
    }
}

TEST(Place, unseen_characters_at_every_one_are_found) {
    Lone lone(run_seed());
    interrupt_everywhere(lone, unseen_characters());
    EXPECT_GE(lone.total(), 50000U);
}

TEST(Place, markup_at_every_one_is_found) {
    Lone lone(run_seed() + 1);
    for (int round = 0; round < 4; ++round) interrupt_everywhere(lone, unseen_markup());
    EXPECT_GE(lone.total(), 10000U);
}

TEST(Place, every_character_may_be_written_in_another_way) {
    Lone lone(run_seed() + 2);
    for (int round = 0; round < 4; ++round) {
        for (const Base& base : bases()) {
            for (const Rewriting& rewriting : rewritings()) {
                for (std::size_t place = 0; place < base.form.units.size(); ++place) {
                    Form damaged = base.form;
                    std::string& text = damaged.units[place].text;
                    text = rewriting.apply(text);
                    const bool is_damaged = damaged.text() != base.form.text() || !is_exact(base);
                    if (is_damaged) lone.judge(rewriting.name, base, damaged);
                }
            }
        }
    }
    EXPECT_GE(lone.total(), 10000U);
}

/// Two or three of anything at any places.
TEST(Place, several_at_once_are_found) {
    Lone lone(run_seed() + 3);
    Random& random = lone.random();
    const auto all = bases();
    const auto any = [&](const auto& list) -> const auto& {
        return list[random(list.size())];
    };
    const int count = is_slow_build ? 30000 : 300000;
    for (int i = 0; i < count; ++i) {
        const Base& base = any(all);
        Form damaged = base.form;
        const std::size_t times = 2 + random(2);
        for (std::size_t k = 0; k < times; ++k) {
            const std::size_t place = random(base.form.units.size());
            Unit& unit = damaged.units[place];
            if (random(3) == 0) {
                unit.text = any(rewritings()).apply(unit.text);
            } else if (place > 0) {
                const auto& list = random(2) == 0 ? unseen_characters() : unseen_markup();
                unit.text = any(any(list).texts) + unit.text;
            }
        }
        if (damaged.text() != base.form.text()) lone.judge("several", base, damaged);
    }
}

}  // namespace
}  // namespace paywall::test

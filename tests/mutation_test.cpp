// Damaged markers: every one is cut as if it were sound, or refuses its source. Never does the
// paid text stand in a preview.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "tests/mutation_bench.hpp"
#include "tests/mutators.hpp"
#include "tests/seed.hpp"

namespace paywall::test {
namespace {

/// The author's own wording counts within one line: two headings may follow each other.
bool is_on_one_line(const Mutator& first, const Mutator& second, const std::string& marker) {
    if (first.family != Family::wording && second.family != Family::wording) return true;
    return marker.find_first_of("\r\n") == std::string::npos &&
           marker.find("<br>") == std::string::npos && marker.find("</p>") == std::string::npos;
}

/// The exact marker, with a sign somewhere beside it, is a marker beside text.
bool holds(const Form& form, const Marker& marker) {
    return form.text().find(marker.text()) != std::string::npos;
}

TEST(Mutation, contexts_are_cut_soundly) {
    for (const Spelling& spelling : spellings()) {
        for (const Context& context : contexts()) {
            const Editions sound = sound_editions(context, spelling);
            SCOPED_TRACE(context.name + (" " + spelling.open.text()));
            EXPECT_EQ(sound.preview.find(secret), std::string::npos);
            EXPECT_NE(sound.full.find(secret), std::string::npos);
        }
    }
}

TEST(Mutation, every_single_one_is_cut_or_refused) {
    Random random(run_seed());
    Bench bench;
    for (const Spelling& spelling : spellings()) {
        const std::string open = spelling.open.text();
        const std::string close = spelling.close.text();
        std::vector<Editions> sound;
        for (const Context& context : contexts())
            sound.push_back(sound_editions(context, spelling));
        const WordKind kind = word_kind(spelling.open);
        for (const Mutator& mutator : mutators()) {
            Odometer choices;
            std::size_t turn = random(contexts().size());
            do {
                const Pick pick = [&](std::size_t n) { return choices.pick(n); };
                const auto opener = mutator.apply(form_of(spelling.open), pick);
                choices.rewind();
                const auto closer = mutator.apply(form_of(spelling.close), pick);
                const auto judge_in = [&](std::size_t k) {
                    const Context& context = contexts()[k];
                    const std::string name = mutator.name + ", " + open;
                    if (opener) {
                        bench.judge(name, written(context, spelling, opener->text(), close),
                                    sound[k]);
                    }
                    if (closer) {
                        bench.judge(name, written(context, spelling, open, closer->text()),
                                    sound[k]);
                    }
                    if (opener && closer && is_promised(mutator, kind) &&
                        stands_alone(context, mutator.family)) {
                        bench.judge(name,
                                    written(context, spelling, opener->text(), closer->text()),
                                    sound[k]);
                    }
                };
                // Each way to do it in two contexts, and so each context many times.
                judge_in(turn++ % contexts().size());
                judge_in(turn++ % contexts().size());
            } while (choices.advance());
        }
    }
    EXPECT_GE(bench.total(), 10000U);
}

TEST(Mutation, each_one_in_every_context) {
    Random random(run_seed() + 1);
    const Pick pick = [&](std::size_t n) { return random(n); };
    Bench bench;
    for (const Spelling& spelling : spellings()) {
        for (const Context& context : contexts()) {
            const Editions sound = sound_editions(context, spelling);
            for (const Mutator& mutator : mutators()) {
                if (!is_promised(mutator, word_kind(spelling.open))) continue;
                if (!stands_alone(context, mutator.family)) continue;
                const auto opener = mutator.apply(form_of(spelling.open), pick);
                const auto closer = mutator.apply(form_of(spelling.close), pick);
                if (!opener || !closer) continue;
                bench.judge(mutator.name,
                            written(context, spelling, opener->text(), closer->text()), sound);
            }
        }
    }
    EXPECT_GE(bench.total(), 4000U);
}

/// Two different mutators on each marker, with choices of their own.
TEST(Mutation, pairs_are_cut_or_refused) {
    Random random(run_seed() + 2);
    const Pick pick = [&](std::size_t n) { return random(n); };
    Bench bench;
    const auto twice = [&](const Marker& marker, const Mutator& first, const Mutator& second) {
        const auto once = first.apply(form_of(marker), pick);
        return once ? second.apply(*once, pick) : once;
    };
    for (const Spelling& spelling : spellings()) {
        const WordKind kind = word_kind(spelling.open);
        std::vector<Editions> sound;
        for (const Context& context : contexts())
            sound.push_back(sound_editions(context, spelling));
        for (const Mutator& first : mutators()) {
            for (const Mutator& second : mutators()) {
                if (&first == &second || !is_promised(first, second, kind)) continue;
                const std::size_t k = random(contexts().size());
                const Context& context = contexts()[k];
                if (!stands_alone(context, first.family) || !stands_alone(context, second.family))
                    continue;
                const auto opener = twice(spelling.open, first, second);
                const auto closer = twice(spelling.close, first, second);
                if (!opener || !closer) continue;
                if (!is_on_one_line(first, second, opener->text() + closer->text())) continue;
                if (holds(*opener, spelling.open) || holds(*closer, spelling.close)) continue;
                bench.judge(first.name + " + " + second.name,
                            written(context, spelling, opener->text(), closer->text()), sound[k]);
            }
        }
    }
    EXPECT_GE(bench.total(), 10000U);
}

/// One mutator on the opener, another on the closer. A tag's typos and other brackets are left
/// out: they count only where both are damaged alike.
TEST(Mutation, different_ones_on_both_sides) {
    Random random(run_seed() + 3);
    const Pick pick = [&](std::size_t n) { return random(n); };
    Bench bench;
    for (const Spelling& spelling : spellings()) {
        const bool word = word_kind(spelling.open) == WordKind::distinctive;
        const auto counts_alone = [&](const Mutator& mutator) {
            return word || mutator.family == Family::folded || mutator.family == Family::markup ||
                   mutator.family == Family::attribute || mutator.family == Family::edge_space;
        };
        for (const Mutator& first : mutators()) {
            for (const Mutator& second : mutators()) {
                if (!counts_alone(first) || !counts_alone(second)) continue;
                const Context& context = contexts()[random(contexts().size())];
                if (!stands_alone(context, "{O}", first.family)) continue;
                if (!stands_alone(context, "{C}", second.family)) continue;
                const auto opener = first.apply(form_of(spelling.open), pick);
                const auto closer = second.apply(form_of(spelling.close), pick);
                if (!opener || !closer) continue;
                bench.judge(first.name + " … " + second.name,
                            written(context, spelling, opener->text(), closer->text()),
                            sound_editions(context, spelling));
            }
        }
    }
    EXPECT_GE(bench.total(), 10000U);
}

/// Two markers need two times their delimiters.
TEST(Mutation, markers_that_share_delimiters_are_refused) {
    const std::array sources{
        "a ##paidbegin##b##paidend##paidbegin##Quince-7319##paidend## c\n",
        "a $$paidbegin$$b$$paidend$$paidbegin$$Quince-7319$$paidend$$ c\n",
        "a ##paidbegin##b##paidend##paidbegin##Quince-7319\n",
        "a $$paidbegin$$b$$paidend$$paidbegin$$Quince-7319\n",
        "a ##paidbegin##paidend##Quince-7319\n",
        "a ####paidbegin##Quince-7319##paidend##\n",
        "a ##paidbegin##Quince-7319##paidend####\n",
        "a <paid>b</paid<paid>Quince-7319</paid>\n",
    };
    for (const std::string source : sources) {
        const auto result = read(source);
        EXPECT_TRUE(std::holds_alternative<Fate>(result)) << source;
    }
    const auto sound = read("a ##paidbegin##b##paidend####paidbegin##Quince-7319##paidend## c\n");
    ASSERT_TRUE(std::holds_alternative<Editions>(sound));
    EXPECT_EQ(std::get<Editions>(sound).preview, "a  c\n");
}

}  // namespace
}  // namespace paywall::test

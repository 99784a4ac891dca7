// Damaged markers: every one is cut as if it were sound, or refuses its source. Never does the
// paid text stand in a preview.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tests/mutators.hpp"
#include "tests/seed.hpp"

namespace paywall::test {
namespace {

constexpr std::string_view secret = "Quince-7319";

/// A source around one section whose markers are damaged (`{O}`, `{C}`), perhaps with sound ones
/// beside it (`{o}`, `{c}`). `@` is the secret.
struct Context {
    const char* name;
    std::string_view source;
};

constexpr std::array contexts{
    Context{"prose", "Free words before {O}@ is paid for{C} and free words after.\n"},
    Context{"prose, spaced", "Free words. {O} @ is paid for. {C} Free words.\n"},
    Context{"marker lines", "Free.\n{O}\n@\nmore of it\n{C}\nFree again.\n"},
    Context{"indented marker lines", "- item\n  {O}\n  @\n  {C}\n- item\n"},
    Context{"HTML blocks", "<p>Free</p>\n<p>{O}</p>\n<p>@</p>\n<p>{C}</p>\n<p>Free</p>\n"},
    Context{"HTML inline", "<div><p>Free {O}<b>@</b> text{C} free</p></div>"},
    Context{"HTML spans", "<p><span style=\"color: #333\">{O}</span>@<span>{C}</span></p>\n"},
    Context{"heading", "# Title\n\n## Part {O}\n\n@\n\n## Next\n\n{C}\n\nFree $5.\n"},
    Context{"list", "* free\n* {O}@\n* more{C}\n* free\n"},
    Context{"emphasis", "Free **{O}@{C}** free, _free_.\n"},
    Context{"quote", "> free\n> {O}\n> @\n> {C}\n\nfree\n"},
    Context{"Chinese", "免费的内容，￥99起。{O}@，付费内容。{C}免费的内容。\n"},
    Context{"Chinese, joined", "免费内容{O}付费@内容{C}免费内容"},
    Context{"CRLF", "Free.\r\n{O}\r\n@\r\n{C}\r\nFree.\r\n"},
    Context{"CR", "Free.\r{O}\r@\r{C}\rFree.\r"},
    Context{"start of file", "{O}@\n{C}\nfree\n"},
    Context{"end of file", "free\n{O}@{C}"},
    Context{"whole file", "{O}\n@\n{C}"},
    Context{"byte-order mark", "\xEF\xBB\xBF{O}\n@\n{C}\nfree\n"},
    Context{"first of three", "a {O}@{C} b {o}two{c} c {o}three{c} d\n"},
    Context{"second of three", "a\n{o}\none\n{c}\nb\n{O}\n@\n{C}\nc\n{o}\nthree\n{c}\n"},
    Context{"last of three", "{o}one{c}{o}two{c} free {O}@{C}\n"},
    Context{"beside code", "`x = a##b;` $x$ {O}@{C} #tag <p class=\"paid\">paid</p>\n"},
    Context{"long",
            "Free text of a paragraph that goes on for longer than any vector register is "
            "wide, so that the marker lies in a later block. {O}@ and a paid text of the "
            "same kind, with more than sixty-four bytes in it, too.{C} Free to the end.\n"},
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

struct Spelling {
    Marker open;
    Marker close;
};

std::vector<Spelling> spellings() {
    std::vector<Spelling> all;
    for (const Marker& marker : fastadmin().markers) {
        if (marker.role == Role::open) all.push_back({marker, counterpart(fastadmin(), marker)});
    }
    return all;
}

std::string written(const Context& context, const Spelling& spelling, const std::string& open,
                    const std::string& close) {
    std::string source = replaced(std::string(context.source), "{o}", spelling.open.text());
    source = replaced(source, "{c}", spelling.close.text());
    source = replaced(source, "@", secret);
    source = replaced(source, "{O}", open);
    return replaced(source, "{C}", close);
}

struct Editions {
    std::string preview;
    std::string full;
    friend bool operator==(const Editions&, const Editions&) = default;
};

enum class Fate { cut, refused, unread, wrong };

const Parser& parser() {
    static const Parser one(fastadmin());
    return one;
}

/// Both editions, or what became of the source instead.
std::variant<Editions, Fate> read(const std::string& source) {
    const auto parsed = parser().parse(source);
    if (const auto* faults = std::get_if<Diagnostics>(&parsed)) {
        const bool read =
            std::all_of(faults->kept.begin(), faults->kept.end(), [](const Diagnostic& fault) {
                return fault.rule <= Rule::marker_residue || fault.severity == Severity::warning;
            });
        return read ? Fate::refused : Fate::unread;
    }
    const auto& document = std::get<Document>(parsed);
    const auto preview = render(document, EditionKind::preview);
    const auto full = render(document, EditionKind::full);
    if (std::holds_alternative<Diagnostic>(preview)) return Fate::refused;
    if (std::holds_alternative<Diagnostic>(full)) return Fate::refused;
    return Editions{std::get<Edition>(preview).text(), std::get<Edition>(full).text()};
}

/// Judges sources and counts their fates, by the name of what damaged them.
class Bench {
public:
    void judge(const std::string& name, const std::string& source, const Editions& sound) {
        const auto result = read(source);
        Fate fate = Fate::wrong;
        if (const auto* other = std::get_if<Fate>(&result)) {
            fate = *other;
        } else if (std::get<Editions>(result) == sound) {
            fate = Fate::cut;
        }
        auto& count = counts_[name];
        ++count[static_cast<std::size_t>(fate)];
        ++total_;
        if (fate == Fate::cut || fate == Fate::refused) return;
        ++failures_;
        if (count[2] + count[3] > 3) return;  // three examples of a kind will do
        ADD_FAILURE() << name << ": neither cut nor refused, seed " << run_seed() << "\n"
                      << testing::PrintToString(source);
    }

    ~Bench() {
        for (const auto& [name, count] : counts_) {
            std::cout << name << ": " << count[0] << " cut, " << count[1] << " refused";
            if (count[2] + count[3] > 0) std::cout << ", " << count[2] + count[3] << " WRONG";
            std::cout << '\n';
        }
        std::cout << total_ << " mutations, " << failures_ << " wrong\n";
    }
    Bench() = default;
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    [[nodiscard]] std::size_t total() const { return total_; }

private:
    std::map<std::string, std::array<std::size_t, 4>> counts_;
    std::size_t total_ = 0;
    std::size_t failures_ = 0;
};

bool is_word_byte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// A word without delimiters has to be one in its context too, and the name of a tag without
/// `>` has to end: `<paidContent` is another tag.
bool stands_alone(const Context& context, std::string_view place, const Mutator& mutator) {
    if (mutator.family != Family::bare && mutator.family != Family::unended) return true;
    const std::string source = replaced(std::string(context.source), "@", secret);
    const std::size_t at = source.find(place);
    const std::size_t end = at + place.size();
    const bool joined_before = at > 0 && is_word_byte(source[at - 1]);
    const bool joined_after =
        end < source.size() &&
        (is_word_byte(source[end]) ||
         (mutator.family == Family::unended && static_cast<unsigned char>(source[end]) >= 0x80));
    return !joined_after && (mutator.family == Family::unended || !joined_before);
}

/// The author's own wording counts within one line: two headings may follow each other.
bool is_on_one_line(const Mutator& first, const Mutator& second, const std::string& marker) {
    if (first.family != Family::wording && second.family != Family::wording) return true;
    return marker.find_first_of("\r\n") == std::string::npos &&
           marker.find("<br>") == std::string::npos && marker.find("</p>") == std::string::npos;
}

bool stands_alone(const Context& context, const Mutator& mutator) {
    return stands_alone(context, "{O}", mutator) && stands_alone(context, "{C}", mutator);
}

Editions sound_editions(const Context& context, const Spelling& spelling) {
    const auto result =
        read(written(context, spelling, spelling.open.text(), spelling.close.text()));
    return std::holds_alternative<Editions>(result) ? std::get<Editions>(result) : Editions{};
}

TEST(Mutation, contexts_are_cut_soundly) {
    for (const Spelling& spelling : spellings()) {
        for (const Context& context : contexts) {
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
        for (const Context& context : contexts) sound.push_back(sound_editions(context, spelling));
        const WordKind kind = word_kind(spelling.open);
        for (const Mutator& mutator : mutators()) {
            Odometer choices;
            std::size_t turn = random(contexts.size());
            do {
                const Pick pick = [&](std::size_t n) { return choices.pick(n); };
                const auto opener = mutator.apply(form_of(spelling.open), pick);
                choices.rewind();
                const auto closer = mutator.apply(form_of(spelling.close), pick);
                const auto judge_in = [&](std::size_t k) {
                    const Context& context = contexts[k];
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
                        stands_alone(context, mutator)) {
                        bench.judge(name,
                                    written(context, spelling, opener->text(), closer->text()),
                                    sound[k]);
                    }
                };
                // Each way to do it in two contexts, and so each context many times.
                judge_in(turn++ % contexts.size());
                judge_in(turn++ % contexts.size());
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
        for (const Context& context : contexts) {
            const Editions sound = sound_editions(context, spelling);
            for (const Mutator& mutator : mutators()) {
                if (!is_promised(mutator, word_kind(spelling.open))) continue;
                if (!stands_alone(context, mutator)) continue;
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
        for (const Context& context : contexts) sound.push_back(sound_editions(context, spelling));
        for (const Mutator& first : mutators()) {
            for (const Mutator& second : mutators()) {
                if (&first == &second || !is_promised(first, second, kind)) continue;
                const std::size_t k = random(contexts.size());
                const Context& context = contexts[k];
                if (!stands_alone(context, first) || !stands_alone(context, second)) continue;
                const auto opener = twice(spelling.open, first, second);
                const auto closer = twice(spelling.close, first, second);
                if (!opener || !closer) continue;
                if (!is_on_one_line(first, second, opener->text() + closer->text())) continue;
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
            return word || mutator.family == Family::folded ||
                   mutator.family == Family::attribute || mutator.family == Family::edge_space;
        };
        for (const Mutator& first : mutators()) {
            for (const Mutator& second : mutators()) {
                if (!counts_alone(first) || !counts_alone(second)) continue;
                const Context& context = contexts[random(contexts.size())];
                if (!stands_alone(context, "{O}", first)) continue;
                if (!stands_alone(context, "{C}", second)) continue;
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

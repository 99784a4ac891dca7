#include "tests/mutation_bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <iostream>

#include "parser/edition.hpp"
#include "parser/parse.hpp"
#include "tests/seed.hpp"

namespace paywall::test {

const std::vector<Context>& contexts() {
    static const std::vector<Context> all{
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
        // Nothing but markers and content words around the damaged ones.
        Context{"touching", "a {o}one{c}{O}@{C}{o}two{c} b\n"},
        Context{"touching content words", "a##pagebreak##{O}@##pagebreak##{C}##pagebreak##b\n"},
    };
    return all;
}

namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace

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

namespace {

const Parser& parser() {
    static const Parser one(fastadmin());
    return one;
}

}  // namespace

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

Editions sound_editions(const Context& context, const Spelling& spelling) {
    const auto result =
        read(written(context, spelling, spelling.open.text(), spelling.close.text()));
    return std::holds_alternative<Editions>(result) ? std::get<Editions>(result) : Editions{};
}

namespace {

bool is_word_byte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

bool stands_alone(const Context& context, std::string_view place, Family family) {
    if (family != Family::bare && family != Family::unended) return true;
    const std::string source = replaced(std::string(context.source), "@", secret);
    const std::size_t at = source.find(place);
    const std::size_t end = at + place.size();
    const bool joined_before = at > 0 && is_word_byte(source[at - 1]);
    const bool joined_after =
        end < source.size() &&
        (is_word_byte(source[end]) ||
         (family == Family::unended && static_cast<unsigned char>(source[end]) >= 0x80));
    return !joined_after && (family == Family::unended || !joined_before);
}

bool stands_alone(const Context& context, Family family) {
    return stands_alone(context, "{O}", family) && stands_alone(context, "{C}", family);
}

void Bench::judge(const std::string& name, const std::string& source, const Editions& sound) {
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

Bench::~Bench() {
    for (const auto& [name, count] : counts_) {
        std::cout << name << ": " << count[0] << " cut, " << count[1] << " refused";
        if (count[2] + count[3] > 0) std::cout << ", " << count[2] + count[3] << " WRONG";
        std::cout << '\n';
    }
    std::cout << total_ << " mutations, " << failures_ << " wrong\n";
}

}  // namespace paywall::test

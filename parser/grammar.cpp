#include "parser/grammar.hpp"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "parser/glance.hpp"
#include "parser/literal_guard.hpp"
#include "parser/lookalike_words.hpp"
#include "parser/marker_text.hpp"
#include "parser/triggers.hpp"

namespace paywall {
namespace {

namespace x3 = boost::spirit::x3;

// EBNF. `start` is a place where a marker or a lookalike could begin (triggers.hpp).
//
//     source  = { literal | text | suspect } ;
//     literal = marker | content ;
//     text    = byte - start, { byte - start } ;
//     marker  = ? a marker of the dialect, exact or in any case, as it says ?
//              | ? one with attributes or padding (marker_text.hpp, attributes/) ? ;
//     content = ? a content word of the dialect ? ;
//     suspect = byte | character, { the same again, but for the last of a long run } ;

using Iterator = std::string_view::const_iterator;

struct Walk {
    const Grammar::Rules& rules;
    std::string_view text;
    Scanner& scanner;
    const TokenSink& sink;
    Progress progress = Progress::go_on;

    [[nodiscard]] std::size_t offset(Iterator at) const {
        return static_cast<std::size_t>(at - text.begin());
    }
    void give(Token::Kind kind, Iterator begin, Iterator end, std::size_t marker = 0) {
        progress = sink({kind, {offset(begin), static_cast<std::size_t>(end - begin)}, marker});
    }
};

struct walk_tag;

template <typename Context>
Walk& walk_of(const Context& context) {
    return x3::get<walk_tag>(context).get();
}

/// Bytes of the UTF-8 sequence that begins with this byte.
std::size_t sequence_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// A place that a scan stopped at and no marker. Of a run of one character that is longer than any
/// delimiter only the end can belong to a marker: the run is one suspect up to there.
struct SuspectTerminal : x3::parser<SuspectTerminal> {
    using attribute_type = x3::unused_type;
    static constexpr std::size_t longest_delimiter = 2;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        if (first == last || walk.progress == Progress::stop) return false;
        const auto begin = first;
        const auto text = walk.text.substr(walk.offset(begin));
        const auto length = std::min(sequence_length(*begin), text.size());
        const auto count = length_of_run(text, length) / length;
        const auto covered =
            count > longest_delimiter + 1 ? (count - longest_delimiter) * length : 1;
        first += static_cast<std::ptrdiff_t>(covered);
        walk.give(Token::Kind::suspect, begin, first);
        return true;
    }
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

std::string lower(std::string text) {
    for (char& c : text) c = lower(c);
    return text;
}

/// A marker or content word that is written in one way, but for the case of its letters.
struct Literal {
    std::string text;  // in lower case, if it may be in any
    Letters letters;
    Token::Kind kind;
    std::size_t marker;

    /// Is it what the text begins with, of which so many bytes are known to be the literal's?
    [[nodiscard]] bool begins(std::string_view other, std::size_t proven) const {
        if (other.size() < text.size()) return false;
        for (auto i = proven; i < text.size(); ++i) {
            const char c = letters == Letters::any_case ? lower(other[i]) : other[i];
            if (c != text[i]) return false;
        }
        return true;
    }
};

/// What markers and content words of a dialect begin with, and these.
std::vector<std::string> all_heads(const Dialect& dialect, std::vector<std::string> heads) {
    const auto add = [&](const std::string& head) {
        if (!head.empty()) heads.push_back(head);
    };
    for (const auto& marker : dialect.markers)
        add(marker.before.empty() ? marker.word : marker.before);
    for (const auto& word : dialect.content) add(word);
    return heads;
}

}  // namespace

struct Grammar::Rules {
    Rules(const Dialect& read, const std::vector<std::string>& heads)
        : dialect(read),
          pattern(triggers_of(read, heads)),
          lookalike_words(dialect),
          glance(lookalike_words, all_heads(dialect, heads)) {
        for (std::size_t i = 0; i < dialect.markers.size(); ++i) {
            const auto& marker = dialect.markers[i];
            if (!is_fixed(marker)) {
                flexible.push_back(i);
            } else if (marker.letters == Letters::exact) {
                literals.push_back({marker.text(), marker.letters, Token::Kind::marker, i});
            } else {
                literals.push_back({lower(marker.text()), marker.letters, Token::Kind::marker, i});
            }
        }
        for (const auto& word : dialect.content) {
            literals.push_back({word, Letters::exact, Token::Kind::content, 0});
        }
        // Of two that begin at a place the first is read: exact ones before others, markers before
        // content, the longer one.
        std::ranges::stable_sort(literals, {}, [](const Literal& literal) {
            return std::tuple(literal.kind, literal.letters, -std::ssize(literal.text));
        });
        for (const auto& literal : literals) guard.add(literal.text, literal.letters);
        for (const auto index : flexible) {
            const auto& marker = dialect.markers[index];
            const bool is_padded = marker.padding != Padding::none;
            guard.add(marker.before + (is_padded ? "" : marker.word), marker.letters);
        }
        for (const auto& wording : dialect.own_wordings) {
            own_wordings.emplace(wording.word, wording.role);
        }
    }

    /// The literal that a text begins with; `admitted` is what the guard says of it.
    [[nodiscard]] const Literal* literal_of(std::string_view text, std::uint64_t admitted) const {
        const auto proven = guard.proven(text);
        const auto first = static_cast<std::size_t>(std::countr_zero(admitted));
        for (auto i = first; i < literals.size(); ++i) {
            if ((admitted & LiteralGuard::bit_of(i)) == 0) continue;
            if (literals[i].begins(text, proven)) return &literals[i];
        }
        return nullptr;
    }

    struct Flexible {
        std::size_t marker;
        std::size_t length;  // 0: there is none
    };
    /// The longest at a place of those that can be written in several ways.
    [[nodiscard]] Flexible flexible_at(std::string_view text, std::size_t at,
                                       std::uint64_t admitted) const {
        Flexible longest{0, 0};
        for (std::size_t i = 0; i < flexible.size(); ++i) {
            if ((admitted & LiteralGuard::bit_of(literals.size() + i)) == 0) continue;
            const auto written = read_marker(dialect.markers[flexible[i]], text, at);
            if (written && written->length > longest.length) {
                longest = {flexible[i], written->length};
            }
        }
        return longest;
    }

    Dialect dialect;
    ScanPattern pattern;
    LookalikeWords lookalike_words;
    Glance glance;
    std::vector<Literal> literals;
    std::vector<std::size_t> flexible;  // markers that can be written in several ways
    LiteralGuard guard;                 // of the literals, then of these
    std::unordered_map<std::string, Role> own_wordings;
};

namespace {

/// Where the scan stops next for what is not told at a glance to be of no marker. (In between the
/// sink is to hear of long texts.)
std::size_t next_place(Walk& walk, std::size_t from) {
    const auto limit = from + Scanner::stride;
    auto next = walk.scanner.next(from);
    while (next < walk.text.size() && next < limit) {
        const auto end = walk.rules.glance.end_of_none(walk.text, next);
        if (end == next) break;
        next = walk.scanner.next(end);
    }
    return next;
}

/// Everything up to the next place that a scan stops at and a glance does not pass: the one
/// terminal that skips text.
struct TextTerminal : x3::parser<TextTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        const auto begin = first;
        const auto from = walk.offset(begin);
        if (begin == last || walk.progress == Progress::stop) return false;
        const auto next = next_place(walk, std::max(from, walk.progress.from));
        if (next == from) return false;
        first += static_cast<std::ptrdiff_t>(next - from);
        walk.give(Token::Kind::text, begin, first);
        return true;
    }
};

/// An exact marker or content word.
struct LiteralTerminal : x3::parser<LiteralTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        if (walk.progress == Progress::stop) return false;
        const auto begin = first;
        const std::string_view text(first, last);
        const auto admitted = walk.rules.guard.admitted(text);
        if (admitted == 0) return false;
        if (const auto* literal = walk.rules.literal_of(text, admitted)) {
            first += static_cast<std::ptrdiff_t>(literal->text.size());
            walk.give(literal->kind, begin, first, literal->marker);
            return true;
        }
        const auto [marker, length] =
            walk.rules.flexible_at(walk.text, walk.offset(begin), admitted);
        first += static_cast<std::ptrdiff_t>(length);
        if (length > 0) walk.give(Token::Kind::marker, begin, first, marker);
        return length > 0;
    }
};

}  // namespace

Grammar::Grammar(const Dialect& dialect, const std::vector<std::string>& heads)
    : rules_(std::make_unique<const Rules>(dialect, heads)) {}
Grammar::~Grammar() = default;

const Dialect& Grammar::dialect() const {
    return rules_->dialect;
}
const ScanPattern& Grammar::pattern() const {
    return rules_->pattern;
}
const LookalikeWords& Grammar::lookalike_words() const {
    return rules_->lookalike_words;
}
const Glance& Grammar::glance() const {
    return rules_->glance;
}

void Grammar::tokenize(std::string_view text, const TokenSink& sink, ScanMethod method) const {
    Scanner scanner(rules_->pattern, text, method);
    tokenize(scanner, sink);
}

void Grammar::tokenize(Scanner& scanner, const TokenSink& sink) const {
    const auto text = scanner.text();
    const auto source = *(LiteralTerminal() | TextTerminal() | SuspectTerminal());

    Walk walk{*rules_, text, scanner, sink};
    auto first = text.begin();
    x3::parse(first, text.end(), x3::with<walk_tag>(std::ref(walk))[source]);
}

std::size_t Grammar::literal_at(std::string_view whole, std::size_t offset) const {
    const auto text = whole.substr(std::min(offset, whole.size()));
    const auto admitted = rules_->guard.admitted(text);
    if (admitted == 0) return 0;
    if (const auto* literal = rules_->literal_of(text, admitted)) return literal->text.size();
    return rules_->flexible_at(whole, offset, admitted).length;
}

std::optional<Role> Grammar::own_wording(std::string_view folded) const {
    const auto wording = rules_->own_wordings.find(std::string(folded));
    if (wording == rules_->own_wordings.end()) return std::nullopt;
    return wording->second;
}

}  // namespace paywall

#include "parser/html/tag_reader.hpp"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <array>
#include <cstring>

#include "parser/html/raw_text.hpp"

namespace paywall::html {
namespace {

namespace x3 = boost::spirit::x3;

// EBNF of the tokenizer's states; what the text's end cuts off is dropped.
//
//     source      = { raw_text | tag | text | comment | cdata | doctype | empty | bogus } ;
//     text        = ? up to the next place where markup begins ? ;
//     raw_text    = ? after some start tags: up to their end tag (raw_text.hpp) ? ;
//     tag         = "<" , [ "/" ] , name , { space | solidus | attribute } , [ "/" ] , ">" ;
//     name        = letter , { byte - ( space | "/" | ">" ) } ;
//     attribute   = key , [ { space } , "=" , { space } , [ value ] ] ;
//     key         = byte - ( space | "/" | ">" ) , { byte - ( space | "/" | ">" | "=" ) } ;
//     value       = '"' , { byte - '"' } , '"' | "'" , { byte - "'" } , "'"
//                 | byte - ( space | ">" | '"' | "'" ) , { byte - ( space | ">" ) } ;
//     solidus     = "/" - "/>" ;
//     comment     = "<!--" , ( ">" | "->" | ? up to ? ( "-->" | "--!>" ) ) ;
//     cdata       = "<![CDATA[" , ? up to ? "]]>" ;           within foreign content only
//     doctype     = "<!doctype" , { byte - ">" } , ">" ;
//     empty       = "</>" ;
//     bogus       = ( "<!" | "<?" | "</" ) , { byte - ">" } , ">" ;

using Iterator = std::string_view::const_iterator;

struct Walk {
    std::string_view text;
    const TokenSink& sink;
    ReadingContext context = {};
    Token token = {};  // the one being read
    Iterator begin = {};

    [[nodiscard]] std::size_t offset(Iterator at) const {
        return static_cast<std::size_t>(at - text.begin());
    }
    [[nodiscard]] Span span(Iterator from, Iterator to) const {
        return {offset(from), static_cast<std::size_t>(to - from)};
    }
    void give(Token::Kind kind, Iterator from, Iterator to) {
        token.kind = kind;
        token.span = span(from, to);
        context = {};
        sink(token, context);
        if (kind != Token::Kind::start_tag) context.model = TextModel::data;
    }
};

struct walk_tag;

template <typename Context>
Walk& walk_of(const Context& context) {
    return x3::get<walk_tag>(context).get();
}

/// A set of bytes as a terminal's test: X3's own sets are wider than a byte.
class Bytes {
public:
    constexpr explicit Bytes(std::string_view members) {
        for (const char c : members) members_[static_cast<unsigned char>(c)] = true;
    }
    [[nodiscard]] constexpr bool has(char c) const {
        return members_[static_cast<unsigned char>(c)];
    }

private:
    std::array<bool, 256> members_{};
};

constexpr Bytes spaces("\t\n\f\r ");
constexpr Bytes name_ends("\t\n\f\r />");
constexpr Bytes key_ends("\t\n\f\r />=");
constexpr Bytes value_ends("\t\n\f\r >");
constexpr Bytes no_value("\t\n\f\r >\"'");
constexpr Bytes letters("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
constexpr Bytes no_bytes("");

/// Any bytes up to one of a set; may be none.
struct UpTo : x3::parser<UpTo> {
    using attribute_type = x3::unused_type;
    const Bytes& ends;
    constexpr explicit UpTo(const Bytes& set) : ends(set) {}

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        while (first != last && !ends.has(*first)) ++first;
        return true;
    }
};

/// One byte of a set.
struct OneOf : x3::parser<OneOf> {
    using attribute_type = x3::unused_type;
    const Bytes& set;
    constexpr explicit OneOf(const Bytes& bytes) : set(bytes) {}

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        if (first == last || !set.has(*first)) return false;
        ++first;
        return true;
    }
};

/// One byte that is not of a set.
struct NotOf : x3::parser<NotOf> {
    using attribute_type = x3::unused_type;
    const Bytes& set;
    constexpr explicit NotOf(const Bytes& bytes) : set(bytes) {}

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        if (first == last || set.has(*first)) return false;
        ++first;
        return true;
    }
};

/// Any bytes up to and with the first that is `end`, or all. (A quote that is never closed takes
/// all, so that its tag is cut off.)
struct Through : x3::parser<Through> {
    using attribute_type = x3::unused_type;
    char end;
    constexpr explicit Through(char byte) : end(byte) {}

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        const std::string_view rest(first, last);
        const auto found = rest.find(end);
        first = found == rest.npos ? last : first + static_cast<std::ptrdiff_t>(found + 1);
        return true;
    }
};

/// Does markup begin here?
bool begins_markup(Iterator at, Iterator last) {
    if (*at != '<' || last - at < 2) return false;
    return letters.has(at[1]) || at[1] == '!' || at[1] == '?' || (at[1] == '/' && last - at > 2);
}

/// Text up to the next markup.
struct TextTerminal : x3::parser<TextTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        if (first == last || walk.context.model != TextModel::data ||
            walk.context.read_on == ReadOn::no || begins_markup(first, last))
            return false;
        const auto from = first;
        do {
            const std::string_view rest(first + 1, last);
            first += static_cast<std::ptrdiff_t>(1 + std::min(rest.find('<'), rest.size()));
        } while (first != last && !begins_markup(first, last));
        walk.token = {};
        walk.give(Token::Kind::text, from, first);
        return true;
    }
};

struct RawTextTerminal : x3::parser<RawTextTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator&, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        const auto model = walk.context.model;
        if (model == TextModel::data || walk.context.read_on == ReadOn::no) return false;
        const auto& name = walk.token.name;
        const auto begin = walk.offset(first);
        const auto end =
            raw_text_end(walk.text, begin, model, walk.text.substr(name.offset, name.length));
        walk.context.model = TextModel::data;
        if (end == begin) return false;
        const auto from = first;
        first += static_cast<std::ptrdiff_t>(end - begin);
        walk.give(Token::Kind::raw_text, from, first);
        return true;
    }
};

/// Reads nothing; fails where nobody wants more.
struct ReadOnTerminal : x3::parser<ReadOnTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator&, const Iterator&, const Context& context, const RuleContext&,
               Attribute&) const {
        return walk_of(context).context.read_on == ReadOn::yes;
    }
};

/// What follows `<!--`, up to and with the comment's end (13.2.5.43 to 13.2.5.52), or all.
struct CommentRest : x3::parser<CommentRest> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context&, const RuleContext&,
               Attribute&) const {
        const std::string_view rest(first, last);
        auto end = rest.size();
        for (std::size_t at = 0; (at = rest.find('>', at)) != std::string_view::npos; ++at) {
            const auto before = rest.substr(0, at);
            if (before.empty() || before == "-" || before.ends_with("--") ||
                before.ends_with("--!")) {
                end = at + 1;
                break;
            }
        }
        first += static_cast<std::ptrdiff_t>(end);
        return true;
    }
};

struct CdataRest : x3::parser<CdataRest> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        if (walk_of(context).context.cdata == CdataSections::no) return false;
        const std::string_view rest(first, last);
        const auto end = rest.find("]]>");
        first += static_cast<std::ptrdiff_t>(end == rest.npos ? rest.size() : end + 3);
        return true;
    }
};

/// A start or end tag; fails where it is cut off. Quotes hide what ends it where a value may begin,
/// and nowhere else.
struct TagTerminal : x3::parser<TagTerminal> {
    using attribute_type = x3::unused_type;

    template <typename Context, typename RuleContext, typename Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, const RuleContext&,
               Attribute&) const {
        auto& walk = walk_of(context);
        if (last - first < 2 || *first != '<' || walk.context.model != TextModel::data ||
            walk.context.read_on == ReadOn::no)
            return false;
        const bool is_end = first[1] == '/';
        const auto name = first + (is_end ? 2 : 1);
        if (name == last || !letters.has(*name)) return false;
        const auto name_end = skip_to(name, last, name_ends);
        const auto end = skip_attributes(name_end, last);
        if (end == last) return false;
        const bool is_self_closing = *end == '/';
        walk.token.name = walk.span(name, name_end);
        walk.token.closing = is_self_closing ? Token::Closing::self_closing : Token::Closing::none;
        const auto begin = first;
        first = end + (is_self_closing ? 2 : 1);
        walk.give(is_end ? Token::Kind::end_tag : Token::Kind::start_tag, begin, first);
        return true;
    }

private:
    static Iterator skip_to(Iterator at, Iterator last, const Bytes& ends) {
        while (at != last && !ends.has(*at)) ++at;
        return at;
    }

    static Iterator skip_spaces(Iterator at, Iterator last) {
        while (at != last && spaces.has(*at)) ++at;
        return at;
    }

    /// To the `>` or `/>` that ends the tag, or to the text's end.
    static Iterator skip_attributes(Iterator at, Iterator last) {
        while (at != last) {
            if (*at == '>' || (*at == '/' && last - at > 1 && at[1] == '>')) return at;
            at = name_ends.has(*at) ? at + 1 : skip_attribute(at, last);
        }
        return last;
    }

    static Iterator skip_attribute(Iterator at, Iterator last) {
        const auto key_end = skip_to(at + 1, last, key_ends);
        const auto equals = skip_spaces(key_end, last);
        if (equals == last || *equals != '=') return key_end;
        const auto value = skip_spaces(equals + 1, last);
        if (value == last) return last;
        if (*value != '"' && *value != '\'') return skip_to(value, last, value_ends);
        const std::string_view rest(value + 1, last);
        const auto end = rest.find(*value);
        return end == rest.npos ? last : value + static_cast<std::ptrdiff_t>(end + 2);
    }
};

const auto remember_begin = [](auto& context) {
    auto& walk = walk_of(context);
    walk.begin = x3::_where(context).begin();
    walk.token = {};
};
template <Token::Kind kind>
const auto give_token = [](auto& context) {
    auto& walk = walk_of(context);
    walk.give(kind, walk.begin, x3::_where(context).begin());
};

const auto quote = [](char mark) { return x3::lit(mark) >> Through(mark); };
const auto value = quote('"') | quote('\'') | (NotOf(no_value) >> UpTo(value_ends)) | x3::eps;
const auto key = NotOf(name_ends) >> UpTo(key_ends);
const auto space = OneOf(spaces);
const auto equals = *space >> '=' >> *space;
const auto solidus = x3::lit('/') >> !x3::lit('>');

const auto letter = OneOf(letters);
const auto all = UpTo(no_bytes);
const auto comment = "!--" >> CommentRest() >> x3::eps[give_token<Token::Kind::comment>];
const auto cdata = "![CDATA[" >> CdataRest() >> x3::eps[give_token<Token::Kind::cdata>];
const auto doctype = '!' >> x3::no_case["doctype"] >>
                     Through('>') >> x3::eps[give_token<Token::Kind::doctype>];
const auto empty = "/>" >> x3::eps[give_token<Token::Kind::dropped>];
const auto bogus = (x3::lit('!') | '?' | ('/' >> !letter)) >>
                   Through('>') >> x3::eps[give_token<Token::Kind::comment>];
const auto cut_off = all >> x3::eps[give_token<Token::Kind::dropped>];
const auto markup = ReadOnTerminal() >> x3::eps[remember_begin] >> '<' >>
                    (comment | cdata | doctype | empty | bogus | cut_off);
// Raw text first: where there is none, what follows is read as data.
const auto source = *(RawTextTerminal() | TagTerminal() | TextTerminal() | markup);

}  // namespace

void read_tags(std::string_view text, const TokenSink& sink) {
    Walk walk{text, sink};
    auto first = text.begin();
    x3::parse(first, text.end(), x3::with<walk_tag>(std::ref(walk))[source]);
}

void read_attributes(std::string_view tag, const std::function<void(const Attribute&)>& sink) {
    Attribute attribute;
    const auto view = [](auto& context) {
        const auto range = x3::_attr(context);
        return std::string_view(range.begin(), range.end());
    };
    const auto set_key = [&](auto& context) { attribute.name = view(context); };
    const auto set_value = [&](auto& context) { attribute.value = view(context); };
    const auto give = [&](auto& context) {
        attribute.source = view(context);
        if (attribute.value.size() >= 2 &&
            (attribute.value[0] == '"' || attribute.value[0] == '\''))
            attribute.value = attribute.value.substr(1, attribute.value.size() - 2);
        sink(attribute);
        attribute = {};
    };
    const auto one = x3::raw[x3::raw[key][set_key] >> -(equals >> x3::raw[value][set_value])][give];
    const auto rest = '<' >> -x3::lit('/') >> UpTo(name_ends) >> *(one | space | solidus);
    auto first = tag.begin();
    x3::parse(first, tag.end(), rest);
}

}  // namespace paywall::html

#include "parser/html/tag_reader.hpp"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <array>
#include <cstring>

#include "parser/html/raw_text.hpp"

namespace paywall::html {
namespace {

namespace x3 = boost::spirit::x3;

// EBNF of the tokenizer's states; what the text's end cuts off is dropped. Tags and text are most
// of a source and read by TagReader itself; X3 reads other markup, and attributes where they are
// asked for.
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

/// What the grammar of markup is told, and tells.
struct Walk {
    CdataSections cdata;
    Token::Kind kind = Token::Kind::dropped;
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
        if (walk_of(context).cdata == CdataSections::no) return false;
        const std::string_view rest(first, last);
        const auto end = rest.find("]]>");
        first += static_cast<std::ptrdiff_t>(end == rest.npos ? rest.size() : end + 3);
        return true;
    }
};

template <Token::Kind kind>
const auto tell = [](auto& context) { walk_of(context).kind = kind; };

const auto quote = [](char mark) { return x3::lit(mark) >> Through(mark); };
const auto value = quote('"') | quote('\'') | (NotOf(no_value) >> UpTo(value_ends)) | x3::eps;
const auto key = NotOf(name_ends) >> UpTo(key_ends);
const auto space = OneOf(spaces);
const auto equals = *space >> '=' >> *space;
const auto solidus = x3::lit('/') >> !x3::lit('>');

const auto letter = OneOf(letters);
const auto all = UpTo(no_bytes);
const auto comment = "!--" >> CommentRest() >> x3::eps[tell<Token::Kind::comment>];
const auto cdata = "![CDATA[" >> CdataRest() >> x3::eps[tell<Token::Kind::cdata>];
const auto doctype = '!' >> x3::no_case["doctype"] >>
                     Through('>') >> x3::eps[tell<Token::Kind::doctype>];
const auto empty = "/>" >> x3::eps[tell<Token::Kind::dropped>];
const auto bogus = (x3::lit('!') | '?' | ('/' >> !letter)) >>
                   Through('>') >> x3::eps[tell<Token::Kind::comment>];
const auto cut_off = all >> x3::eps[tell<Token::Kind::dropped>];
const auto markup = '<' >> (comment | cdata | doctype | empty | bogus | cut_off);

// A `>` is among the ends of everything that is skipped in a tag, so the last of a text ends it.
const char* skip_to(const char* at, const Bytes& ends) {
    while (!ends.has(*at)) ++at;
    return at;
}

const char* skip_spaces(const char* at) {
    while (spaces.has(*at)) ++at;
    return at;
}

const char* skip_attribute(const char* at, const char* last_end, AttributeNames& names) {
    const auto* const key_end = skip_to(at + 1, key_ends);
    names.add(at, static_cast<std::size_t>(key_end - at));
    const auto* const behind_key = skip_spaces(key_end);
    if (*behind_key != '=') return key_end;
    const auto* const begin = skip_spaces(behind_key + 1);
    if (*begin != '"' && *begin != '\'') return skip_to(begin, value_ends);
    const std::string_view rest(begin + 1, static_cast<std::size_t>(last_end - begin - 1));
    const auto end = rest.find(*begin);
    return end == rest.npos ? last_end + 1 : begin + end + 2;
}

}  // namespace

TagReader::TagReader(std::string_view text)
    : begin_(text.data()), at_(begin_), end_(begin_ + text.size()), last_end_(begin_) {
    if (const auto last = text.rfind('>'); last != text.npos) last_end_ += last;
}

/// To the `>` or `/>` that ends the tag, or behind the last there is. Quotes hide what ends it
/// where a value may begin, and nowhere else.
const char* TagReader::skip_attributes(const char* at, const char* last_end,
                                       AttributeNames& names) {
    while (at <= last_end) {
        if (*at == '>' || (*at == '/' && at[1] == '>')) return at;
        at = name_ends.has(*at) ? at + 1 : skip_attribute(at, last_end, names);
    }
    return at;
}

/// What stands in the element whose start tag was read last, if anything does.
bool TagReader::read_raw_text(Token& token, TextModel model) {
    const std::string_view text(begin_, static_cast<std::size_t>(end_ - begin_));
    const auto begin = offset(at_);
    const auto end =
        raw_text_end(text, begin, model, text.substr(token.name.offset, token.name.length));
    if (end == begin) return false;
    at_ = begin_ + end;
    token = {.kind = Token::Kind::raw_text, .span = {begin, end - begin}};
    return true;
}

bool TagReader::read_markup(Token& token, CdataSections sections) {
    const auto* const from = at_;
    Walk walk{sections};
    x3::parse(at_, end_, x3::with<walk_tag>(std::ref(walk))[markup]);
    token = {.kind = walk.kind, .span = {offset(from), static_cast<std::size_t>(at_ - from)}};
    return true;
}

void read_tags(std::string_view text, const TokenSink& sink) {
    TagReader reader(text);
    Token token{};
    for (ReadingContext context; context.read_on == ReadOn::yes && reader.next(token, context);) {
        context = {};
        sink(token, context);
    }
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

#include "parser/html/tag_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parser/html/element.hpp"
#include "parser/html/raw_text.hpp"

namespace paywall::html {
namespace {

/// The tokens of a text, as `text|<tag|…`: each with a letter for its kind.
std::string tokens(const std::string& text, CdataSections cdata = CdataSections::no) {
    constexpr std::string_view letters = "TRSECDXN";
    std::string result;
    std::size_t end = 0;
    read_tags(text, [&](const Token& token, ReadingContext& context) {
        EXPECT_EQ(token.span.offset, end);
        end = token.span.end();
        if (!result.empty()) result += '|';
        result += letters[static_cast<std::size_t>(token.kind)];
        result += text.substr(token.span.offset, token.span.length);
        if (token.closing == Token::Closing::self_closing) result += '!';
        context.cdata = cdata;
        context.model = text_model_of(
            element_named(std::string_view(text).substr(token.name.offset, token.name.length)));
    });
    EXPECT_EQ(end, text.size());
    return result;
}

TEST(TagReader, ReadsTagsAndText) {
    EXPECT_EQ(tokens(""), "");
    EXPECT_EQ(tokens("a < b <3 <"), "Ta < b <3 <");
    EXPECT_EQ(tokens("a<b>c</b >d"), "Ta|S<b>|Tc|E</b >|Td");
    EXPECT_EQ(tokens("<br/><br / ><a/b>"), "S<br/>!|S<br / >|S<a/b>");
    EXPECT_EQ(tokens("</"), "T</");
    EXPECT_EQ(tokens("x<p"), "Tx|N<p");
    EXPECT_EQ(tokens("</>x</ a>"), "N</>|Tx|C</ a>");
}

TEST(TagReader, ReadsAttributes) {
    EXPECT_EQ(tokens("<a b='>' c=\">\" d=/>x"), "S<a b='>' c=\">\" d=/>|Tx");
    EXPECT_EQ(tokens("<a =\"b>c"), "S<a =\"b>|Tc");
    EXPECT_EQ(tokens("<a b= >c"), "S<a b= >|Tc");
    EXPECT_EQ(tokens("<a b='c>d"), "N<a b='c>d");
    EXPECT_EQ(tokens("<a b\n=\n'c'd>e"), "S<a b\n=\n'c'd>|Te");
    EXPECT_EQ(tokens("<a <b>c"), "S<a <b>|Tc");
}

TEST(TagReader, ReadsCommentsAsTheStandardDoes) {
    EXPECT_EQ(tokens("<!-->a<!--->b"), "C<!-->|Ta|C<!--->|Tb");
    EXPECT_EQ(tokens("<!---->a<!--x--!>b"), "C<!---->|Ta|C<!--x--!>|Tb");
    EXPECT_EQ(tokens("<!--x--y-->a"), "C<!--x--y-->|Ta");
    EXPECT_EQ(tokens("<!--x->a"), "C<!--x->a");
    EXPECT_EQ(tokens("<!x>a<?y>b"), "C<!x>|Ta|C<?y>|Tb");
    EXPECT_EQ(tokens("<!-x-->a"), "C<!-x-->|Ta");
    EXPECT_EQ(tokens("<!DocType html>a"), "D<!DocType html>|Ta");
    EXPECT_EQ(tokens("<![CDATA[a>b]]>c"), "C<![CDATA[a>|Tb]]>c");
    EXPECT_EQ(tokens("x<![CDATA[a>b]]>c", CdataSections::yes), "Tx|X<![CDATA[a>b]]>|Tc");
}

TEST(TagReader, ReadsRawText) {
    EXPECT_EQ(tokens("<title><b></titles></TITLE >x"), "S<title>|R<b></titles>|E</TITLE >|Tx");
    EXPECT_EQ(tokens("<title>a"), "S<title>|Ra");
    EXPECT_EQ(tokens("<title></title>a"), "S<title>|E</title>|Ta");
    EXPECT_EQ(tokens("<script src=a></script>a<b>"), "S<script src=a>|E</script>|Ta|S<b>");
    EXPECT_EQ(tokens("<script>a<b</script>c"), "S<script>|Ra<b|E</script>|Tc");
    EXPECT_EQ(tokens("<plaintext><a></plaintext>"), "S<plaintext>|R<a></plaintext>");
}

TEST(TagReader, ReadsEscapedScripts) {
    EXPECT_EQ(tokens("<script><!--<script></script>--></script>x"),
              "S<script>|R<!--<script></script>-->|E</script>|Tx");
    EXPECT_EQ(tokens("<script><!--</script>x"), "S<script>|R<!--|E</script>|Tx");
    EXPECT_EQ(tokens("<script><!--><script></script>x"), "S<script>|R<!--><script>|E</script>|Tx");
    EXPECT_EQ(tokens("<script><!--<scripts></script>x"), "S<script>|R<!--<scripts>|E</script>|Tx");
}

TEST(TagReader, GivesAttributes) {
    std::string given;
    read_attributes("<a B=c d='e f'  g = \"h\" i/>", [&](const Attribute& attribute) {
        given.append(attribute.name).append("=").append(attribute.value).append(";");
    });
    EXPECT_EQ(given, "B=c;d=e f;g=h;i=;");
}

}  // namespace
}  // namespace paywall::html

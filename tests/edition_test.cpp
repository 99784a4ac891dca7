#include "parser/edition.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "parser/parse.hpp"

namespace paywall {
namespace {

Document document_of(std::string_view source, const std::string& encoding = {}) {
    ParseOptions options;
    options.encoding = encoding;
    auto parsed = parse(source, fastadmin(), options);
    EXPECT_TRUE(std::holds_alternative<Document>(parsed)) << source;
    return std::get<Document>(std::move(parsed));
}

Placeholder placeholder(std::string_view text) {
    return std::get<Placeholder>(Placeholder::parse(text));
}

TEST(Edition, PiecesViewTheSourceAndNoneIsEmpty) {
    const std::string source =
        "\xEF\xBB\xBFone ##paidbegin##two##paidend##$$paidbegin$$$$paidend$$ three";
    const auto document = document_of(source);
    const auto edition = std::get<Edition>(render(document, EditionKind::full));
    EXPECT_EQ(edition.text(), "\xEF\xBB\xBFone two three");
    EXPECT_EQ(edition.size(), edition.text().size());
    for (const auto piece : edition.pieces()) {
        EXPECT_FALSE(piece.empty());
        EXPECT_GE(piece.data(), source.data());
        EXPECT_LE(piece.data() + piece.size(), source.data() + source.size());
    }
}

/// Short texts lie within a std::string, so that a view of them goes with it.
/// Borders are kept small where they are near each other and of few kinds. These are neither.
TEST(Edition, OfBordersFarApartAndOfManyKinds) {
    constexpr std::size_t far = std::size_t{17} << 20;  // farther than a near one reaches
    std::string source;
    std::string preview;
    std::string full;
    const auto add_free = [&](const std::string& text) {
        for (auto* one : {&source, &preview, &full}) *one += text;
    };
    for (int half = 0; half < 2; ++half) {
        for (std::size_t indent = 0; indent < 300; ++indent) {  // so many vanish before the marker
            source += std::string(indent, ' ') + "##paidbegin##\npaid\n##paidend##\n";
            full += "paid\n";
            add_free("free\n");
        }
        add_free(std::string(far, '-') + "\n");
    }
    const auto document = document_of(source);
    EXPECT_TRUE(std::get<Edition>(render(document, EditionKind::preview)).text() == preview);
    EXPECT_TRUE(std::get<Edition>(render(document, EditionKind::full)).text() == full);
}

TEST(Edition, OwnsWhatIsNotOfTheSource) {
    Edition edition;
    for (int i = 0; i < 100; ++i) edition.append_owned(std::to_string(i % 10));
    edition.append_owned("");
    edition.append("end");
    EXPECT_EQ(edition.pieces().size(), 101U);
    const Edition moved = std::move(edition);
    EXPECT_EQ(moved.size(), 103U);
    EXPECT_EQ(moved.text().substr(0, 12), "012345678901");
    EXPECT_FALSE(std::is_copy_constructible_v<Edition>);
    EXPECT_FALSE(std::is_copy_assignable_v<Edition>);
}

TEST(Edition, PlaceholdersStandInTheEncodingOfTheSource) {
    const std::string source = "a <paid>b</paid> c";
    const auto text = placeholder("[价]");
    const auto document = document_of(source, "GB18030");
    const auto edition =
        std::get<Edition>(render(document, EditionKind::preview, {Cut::marker_lines, &text, {}}));
    EXPECT_EQ(edition.text(), "a [\xBC\xDB] c");
}

TEST(Edition, NamesTheCharacterThatTheEncodingHasNot) {
    const std::string source = "a <paid>b</paid> c";
    const auto document = document_of(source, "Shift_JIS");
    for (const std::string character : {"ñ", "€", "😀"}) {
        const auto text = placeholder("more: " + character);
        const auto refused = render(document, EditionKind::preview, {Cut::marker_lines, &text, {}});
        const auto& diagnostic = std::get<Diagnostic>(refused);
        EXPECT_EQ(diagnostic.rule, Rule::unencodable_placeholder);
        EXPECT_EQ(diagnostic.subject, character);
        EXPECT_TRUE(std::holds_alternative<Edition>(
            render(document, EditionKind::full, {Cut::marker_lines, &text, {}})));
    }
}

TEST(Edition, RefusesPiecesThatJoinIntoAMarker) {
    const std::string source = "a ##paid<paid>, it says, and words follow it. </paid>begin## c";
    const auto refused = render(document_of(source), EditionKind::preview);
    const auto& diagnostic = std::get<Diagnostic>(refused);
    EXPECT_EQ(diagnostic.rule, Rule::marker_residue);
    EXPECT_EQ(diagnostic.span.offset, source.find("<paid>"));
    EXPECT_EQ(diagnostic.span.end(), source.find("begin##"));
    EXPECT_TRUE(std::holds_alternative<Edition>(render(document_of(source), EditionKind::full)));
}

}  // namespace
}  // namespace paywall

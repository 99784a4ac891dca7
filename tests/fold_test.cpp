#include "parser/fold.hpp"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>

namespace paywall {
namespace {

/// Ideographs, syllables, surrogates and private use are other, whatever ICU says of them.
bool is_left_out(char32_t c) {
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xF8FF) || (c >= 0x20000 && c <= 0xDFFFF) || c >= 0xE1000;
}

bool is_in(char32_t c, std::uint32_t categories) {
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & categories) != 0;
}

bool is_mark(char32_t c) {
    return is_in(c, U_GC_MN_MASK | U_GC_ME_MASK);
}

const std::map<char32_t, std::string> input_method_keys = {
    {U'￥', "$"}, {U'¥', "$"},   {U'《', "<"},  {U'〈', "<"},  {U'》', ">"}, {U'〉', ">"},
    {U'【', "["}, {U'】', "]"},  {U'〔', "["},  {U'〕', "]"},  {U'、', "/"}, {U'«', "<"},
    {U'»', ">"},  {U'⟨', "<"},   {U'⟩', ">"},   {U'〖', "["},  {U'〗', "]"}, {U'「', "["},
    {U'」', "]"}, {U'『', "["},  {U'』', "]"},  {U'—', "--"},  {U'―', "--"}, {U'⸺', "--"},
    {U'⸻', "--"}, {U'〜', "--"}, {U'〰', "--"}, {U'・', "--"}, {U'･', "--"}, {U'ー', "--"},
    {U'丿', "/"}, {U'≪', "<"},   {U'≫', ">"},   {U'⟪', "<"},   {U'⟫', ">"},  {U'❬', "<"},
    {U'❭', ">"}};

/// ICU, asked now.
class Icu {
public:
    Icu() {
        UErrorCode status = U_ZERO_ERROR;
        nfkd_ = icu::Normalizer2::getNFKDInstance(status);
        casefold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
        spoof_.reset(uspoof_open(&status));
        EXPECT_TRUE(U_SUCCESS(status));
    }

    /// Printable ASCII after compatibility and case folding and without marks, else nothing.
    [[nodiscard]] std::string folded(const icu::UnicodeString& text) const {
        std::string ascii;
        const auto seen = without_marks(text);
        for (int32_t i = 0; i < seen.length(); ++i) {
            if (seen[i] <= 0x20 || seen[i] >= 0x7F) return {};
            ascii.push_back(static_cast<char>(seen[i]));
        }
        return ascii;
    }

    /// All ASCII that a code point may stand for. Where compatibility says so, nothing else.
    [[nodiscard]] std::set<std::string> candidates(char32_t c) const {
        const icu::UnicodeString text(static_cast<UChar32>(c));
        if (const auto compatible = folded(text); !compatible.empty()) return {compatible};
        std::set<std::string> all{folded(skeleton(text)), folded(skeleton(without_marks(text)))};
        all.erase("");
        return all;
    }

private:
    [[nodiscard]] icu::UnicodeString without_marks(const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        const auto decomposed = nfkd_->normalize(casefold_->normalize(text, status), status);
        icu::UnicodeString seen;
        for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
            const auto c = decomposed.char32At(i);
            if (!is_mark(static_cast<char32_t>(c))) seen.append(c);
        }
        return seen;
    }

    [[nodiscard]] icu::UnicodeString skeleton(const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString result;
        uspoof_getSkeletonUnicodeString(spoof_.get(), 0, text, result, &status);
        return result;
    }

    struct Close {
        void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
    };
    const icu::Normalizer2* nfkd_ = nullptr;
    const icu::Normalizer2* casefold_ = nullptr;
    std::unique_ptr<USpoofChecker, Close> spoof_;
};

std::string hex(char32_t c) {
    std::ostringstream text;
    text << "U+" << std::hex << std::uppercase << static_cast<std::uint32_t>(c);
    return text.str();
}

/// Empty, or what is wrong with the fold of a code point beyond ASCII.
std::string judged(const Icu& icu, char32_t c) {
    const auto folded = fold(c);
    const auto is = [&](FoldKind kind) { return folded.kind == kind ? "" : "of another kind"; };
    if (is_left_out(c) && !input_method_keys.contains(c)) return is(FoldKind::other);
    const auto point = static_cast<UChar32>(c);
    if (u_isUWhiteSpace(point) != 0 || c == 0x2800) return is(FoldKind::space);
    if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || is_mark(c) ||
        is_in(c, U_GC_CF_MASK | U_GC_CC_MASK)) {
        return is(FoldKind::unseen);
    }
    if (u_isdefined(point) == 0) return is(FoldKind::other);
    if (const auto key = input_method_keys.find(c); key != input_method_keys.end()) {
        return folded.ascii == key->second ? "" : "not the key of the input method";
    }
    const auto candidates = icu.candidates(c);
    if (!candidates.empty()) {
        return candidates.contains(std::string(folded.ascii)) ? is(FoldKind::ascii) : "other text";
    }
    const bool is_word = is_in(c, (U_GC_L_MASK & ~U_GC_LO_MASK) | U_GC_ND_MASK);
    return is(is_word ? FoldKind::word : FoldKind::other);
}

TEST(Fold, EveryCodePointIsAsIcuSays) {
    const Icu icu;
    int faults = 0;
    for (char32_t c = 0x80; c < 0x110000; ++c) {
        const auto fault = judged(icu, c);
        if (fault.empty()) continue;
        ADD_FAILURE() << hex(c) << " is " << fault << ": " << fold(c).ascii;
        if (++faults == 20) return;
    }
}

TEST(Fold, OfAscii) {
    for (char32_t c = 0x21; c < 0x7F; ++c) {
        const auto lower = c >= 'A' && c <= 'Z' ? c + 0x20 : c;
        EXPECT_EQ(fold(c).kind, FoldKind::ascii);
        EXPECT_EQ(fold(c).ascii, std::string(1, static_cast<char>(lower)));
    }
    for (const char32_t c : {U' ', U'\t', U'\n', U'\v', U'\f', U'\r'}) {
        EXPECT_EQ(fold(c).kind, FoldKind::space);
    }
    for (const char32_t c : {U'\0', U'\x01', U'\x08', U'\x0E', U'\x1F', U'\x7F'}) {
        EXPECT_EQ(fold(c).kind, FoldKind::unseen);
        EXPECT_TRUE(fold(c).ascii.empty());
    }
}

struct Case {
    char32_t code_point;
    const char* ascii;
};

TEST(Fold, OfWhatPassesForAscii) {
    const Case cases[] = {{U'ｐ', "p"}, {U'Ｐ', "p"}, {U'р', "p"},  {U'Р', "p"},   {U'а', "a"},
                          {U'ԁ', "d"},  {U'е', "e"},  {U'＃', "#"}, {U'﹟', "#"},  {U'＄', "$"},
                          {U'𝐩', "p"},  {U'ⓟ', "p"},  {U'é', "e"},  {U'㎩', "pa"}, {U'І', "i"},
                          {U'＜', "<"}, {U'／', "/"}, {U'ﬁ', "fi"}};
    for (const auto& [code_point, ascii] : cases) EXPECT_EQ(fold(code_point).ascii, ascii);
}

TEST(Fold, BeyondTheLastCodePoint) {
    EXPECT_EQ(fold(0x110000).kind, FoldKind::other);
    EXPECT_EQ(fold(0xFFFFFFFF).kind, FoldKind::other);
    EXPECT_EQ(next_folded(0x110000), char32_t{0x110000});
}

TEST(Fold, VisitsWhatIsFolded) {
    char32_t next = 0;
    std::size_t visited = 0;
    for_each_folded([&](char32_t c, const Fold& folded) {
        for (; next < c; ++next) {
            const auto passed = fold(next).kind;
            const bool is_plain = next < 0x80 && passed != FoldKind::unseen;
            EXPECT_TRUE(is_plain || passed == FoldKind::other) << hex(next);
        }
        EXPECT_EQ(folded.kind, fold(c).kind);
        next = c + 1;
        ++visited;
    });
    for (; next < 0x110000; ++next) EXPECT_EQ(fold(next).kind, FoldKind::other) << hex(next);
    EXPECT_GT(visited, 5000U);
}

}  // namespace
}  // namespace paywall

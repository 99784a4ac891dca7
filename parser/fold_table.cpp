// Writes the folding table that fold.cpp includes, from the data of the ICU it is linked with:
// what every code point beyond ASCII stands for in a marker. Run once by the build.

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

constexpr char32_t code_points = 0x110000;
constexpr char32_t page_size = 128;

void check(UErrorCode status) {
    if (U_SUCCESS(status)) return;
    std::cerr << "ICU: " << u_errorName(status) << '\n';
    std::exit(1);
}

/// Ideographs, syllables, surrogates and private use: a hundred thousand that stand for nothing.
bool is_skipped(char32_t c) {
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xF8FF) || (c >= 0x20000 && c <= 0xDFFFF) || c >= 0xE1000;
}

bool is_mark(UChar32 c) {
    return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
}

/// Nobody sees it: format and control characters, default-ignorables, combining marks.
bool is_unseen(UChar32 c) {
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || is_mark(c) ||
           (U_GET_GC_MASK(c) & (U_GC_CF_MASK | U_GC_CC_MASK)) != 0;
}

/// A letter or digit that lengthens a word. Letters without case (Han, Kana …) end one.
bool is_word(UChar32 c) {
    return (U_GET_GC_MASK(c) & ((U_GC_L_MASK & ~U_GC_LO_MASK) | U_GC_ND_MASK)) != 0;
}

/// Keys of an input method that stand where ASCII's signs were meant, brackets that are taken for
/// one another, and long dashes: they stand for two hyphens, so that no prose (`paid—end`) holds a
/// word with one hyphen.
const std::map<char32_t, std::string> input_method = {
    {0xA5, "$"},    {0xFFE5, "$"},  {0x3001, "/"},  {0x300A, "<"},  {0x300B, ">"},  {0x3008, "<"},
    {0x3009, ">"},  {0xAB, "<"},    {0xBB, ">"},    {0x27E8, "<"},  {0x27E9, ">"},  {0x3010, "["},
    {0x3011, "]"},  {0x3014, "["},  {0x3015, "]"},  {0x3016, "["},  {0x3017, "]"},  {0x300C, "["},
    {0x300D, "]"},  {0x300E, "["},  {0x300F, "]"},  {0x2014, "--"}, {0x2015, "--"}, {0x2E3A, "--"},
    {0x2E3B, "--"}, {0x301C, "--"}, {0x3030, "--"}, {0x30FB, "--"}, {0xFF65, "--"}, {0x30FC, "--"},
    {0x4E3F, "/"},  {0x226A, "<"},  {0x226B, ">"},  {0x27EA, "<"},  {0x27EB, ">"},  {0x276C, "<"},
    {0x276D, ">"}};

class Folder {
public:
    Folder() {
        UErrorCode status = U_ZERO_ERROR;
        nfkd_ = icu::Normalizer2::getNFKDInstance(status);
        casefold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
        spoof_ = uspoof_open(&status);
        check(status);
    }

    ~Folder() {
        uspoof_close(spoof_);
        u_cleanup();
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    /// The ASCII text that a code point stands for, in lower case; empty where it is none.
    [[nodiscard]] std::string ascii(char32_t c) const {
        if (const auto key = input_method.find(c); key != input_method.end()) return key->second;
        const icu::UnicodeString text(static_cast<UChar32>(c));
        if (auto compatible = folded(text); !compatible.empty()) return compatible;
        auto by_lower_case = folded(skeleton(folded_text(text)));
        auto as_it_looks = folded(skeleton(text));
        if (by_lower_case.empty()) return as_it_looks;
        // A capital is taken for what it looks like, but UTS #39 has I look like l.
        const bool is_capital = u_isupper(static_cast<UChar32>(c)) != 0;
        const bool is_i = by_lower_case == "i" && as_it_looks == "l";
        return is_capital && !as_it_looks.empty() && !is_i ? as_it_looks : by_lower_case;
    }

private:
    [[nodiscard]] icu::UnicodeString folded_text(const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        const auto decomposed = nfkd_->normalize(casefold_->normalize(text, status), status);
        check(status);
        icu::UnicodeString seen;
        for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
            if (!is_mark(decomposed.char32At(i))) seen.append(decomposed.char32At(i));
        }
        return seen;
    }

    [[nodiscard]] std::string folded(const icu::UnicodeString& text) const {
        const auto seen = folded_text(text);
        std::string ascii;
        for (int32_t i = 0; i < seen.length(); ++i) {
            if (seen[i] <= 0x20 || seen[i] >= 0x7F) return {};
            ascii.push_back(static_cast<char>(seen[i]));
        }
        return ascii;
    }

    [[nodiscard]] icu::UnicodeString skeleton(const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString result;
        uspoof_getSkeletonUnicodeString(spoof_, 0, text, result, &status);
        check(status);
        return result;
    }

    const icu::Normalizer2* nfkd_ = nullptr;
    const icu::Normalizer2* casefold_ = nullptr;
    USpoofChecker* spoof_ = nullptr;
};

/// What fold.cpp reads: " " white space, "\1" unseen, "\2" a letter of its own, else ASCII.
std::string entry(const Folder& folder, char32_t c) {
    const auto point = static_cast<UChar32>(c);
    if (c < 0x80 || (is_skipped(c) && !input_method.contains(c))) return {};
    if (u_isUWhiteSpace(point) != 0 || c == 0x2800) return " ";
    if (is_unseen(point)) return "\1";
    if (u_isdefined(point) == 0) return {};
    if (auto ascii = folder.ascii(c); !ascii.empty()) return ascii;
    return is_word(point) ? "\2" : "";
}

struct Table {
    std::vector<std::uint16_t> pages;         // of a code point / page_size: number of its page
    std::vector<std::uint16_t> entries;       // of page × page_size + rest: offset in the pool
    std::string pool = std::string(1, '\0');  // strings behind their lengths; offset 0 is none
};

Table make_table() {
    const Folder folder;
    Table table;
    std::map<std::string, std::uint16_t> offsets = {{"", std::uint16_t{0}}};
    std::map<std::vector<std::uint16_t>, std::uint16_t> numbers;
    for (char32_t start = 0; start < code_points; start += page_size) {
        std::vector<std::uint16_t> page;
        for (char32_t c = start; c < start + page_size; ++c) {
            const auto text = entry(folder, c);
            const auto [it, is_new] =
                offsets.emplace(text, static_cast<std::uint16_t>(table.pool.size()));
            if (is_new) table.pool += static_cast<char>(text.size()) + text;
            page.push_back(it->second);
        }
        const auto [it, is_new] = numbers.emplace(page, static_cast<std::uint16_t>(numbers.size()));
        if (is_new) table.entries.insert(table.entries.end(), page.begin(), page.end());
        table.pages.push_back(it->second);
    }
    return table;
}

template <typename Numbers>
void write_numbers(std::ostream& out, const char* name, const Numbers& numbers) {
    out << "constexpr std::uint16_t " << name << "[] = {";
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        out << (i % 24 == 0 ? "\n" : "") << numbers[i] << ',';
    }
    out << "};\n";
}

void write_pool(std::ostream& out, const std::string& pool) {
    out << "constexpr char fold_pool[] = {";
    for (std::size_t i = 0; i < pool.size(); ++i) {
        out << (i % 24 == 0 ? "\n" : "") << static_cast<int>(pool[i]) << ',';
    }
    out << "};\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const auto table = make_table();
    std::ofstream out(argv[1]);
    out << "// From ICU " << U_ICU_VERSION << ", Unicode " << U_UNICODE_VERSION
        << ". Made by fold_table.cpp.\n";
    write_numbers(out, "fold_pages", table.pages);
    write_numbers(out, "fold_entries", table.entries);
    write_pool(out, table.pool);
    out.close();
    return out ? 0 : 1;
}

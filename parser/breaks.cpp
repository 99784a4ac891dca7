#include "parser/breaks.hpp"

#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <new>

namespace paywall {
namespace {

// ICU's data is part of its library: what is left to fail is memory.
void expect(UErrorCode error) {
    if (U_FAILURE(error)) throw std::bad_alloc();
}

icu::BreakIterator* make(Breaks::Unit unit, UErrorCode& error) {
    const auto& root = icu::Locale::getRoot();
    switch (unit) {
        case Breaks::Unit::character:
            return icu::BreakIterator::createCharacterInstance(root, error);
        case Breaks::Unit::word:
            return icu::BreakIterator::createWordInstance(root, error);
        default:
            return icu::BreakIterator::createSentenceInstance(root, error);
    }
}

}  // namespace

struct Breaks::Iterator {
    Iterator() = default;
    Iterator(const Iterator&) = delete;
    Iterator& operator=(const Iterator&) = delete;
    ~Iterator() { utext_close(&text); }

    std::unique_ptr<icu::BreakIterator> breaks;
    UText text = UTEXT_INITIALIZER;
};

Breaks::Breaks(Unit unit) : iterator_(std::make_unique<Iterator>()) {
    UErrorCode error = U_ZERO_ERROR;
    iterator_->breaks.reset(make(unit, error));
    expect(error);
}

Breaks::Breaks(Breaks&&) noexcept = default;
Breaks& Breaks::operator=(Breaks&&) noexcept = default;
Breaks::~Breaks() = default;

void Breaks::read(std::string_view utf8) {
    UErrorCode error = U_ZERO_ERROR;
    utext_openUTF8(&iterator_->text, utf8.data(), static_cast<std::int64_t>(utf8.size()), &error);
    expect(error);
    iterator_->breaks->setText(&iterator_->text, error);
    expect(error);
}

std::optional<std::size_t> Breaks::next() {
    const auto end = iterator_->breaks->next();
    if (end == icu::BreakIterator::DONE) return std::nullopt;
    return static_cast<std::size_t>(end);
}

bool Breaks::is_word() const {
    return iterator_->breaks->getRuleStatus() >= UBRK_WORD_NONE_LIMIT;
}

}  // namespace paywall

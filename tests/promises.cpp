#include "tests/mutators.hpp"

namespace paywall::test {

bool is_promised(const Mutator& mutator, WordKind kind) {
    // `<pa id>` and `<pa-id>` are other tags.
    return kind == WordKind::distinctive ||
           (mutator.family != Family::word_space && mutator.family != Family::hyphen);
}

namespace {

/// Of markers with a distinctive word, in one order of the two.
bool promised_of_words(Family a, Family b) {
    switch (a) {
        case Family::folded:
        case Family::markup:
            return true;
        // The core-word rule asks for nothing around the word. One delimiter more and another of
        // another kind can leave a sound marker with a sign beside it, which is text.
        case Family::hyphen:
        case Family::delimiter:
        case Family::edge_space:
        case Family::brackets:
        case Family::bare:
            if (b == Family::hyphen || b == Family::edge_space || b == Family::brackets ||
                b == Family::bare) {
                return true;
            }
            break;
        default:
            break;
    }
    switch (a) {
        // The shape rule compares without white space and hyphens, between runs of any kind for
        // one typo, and between intact ones for two typos or other words.
        case Family::hyphen:
        case Family::edge_space:
        case Family::word_space:
            return b == Family::word_space || b == Family::typo || b == Family::typos ||
                   b == Family::wording;
        case Family::delimiter:
            return b == Family::word_space || b == Family::typo;
        // Three faults in one word, one in the author's own wording, faults in the word beside
        // other brackets than delimiters or none: all of these could be ordinary text.
        default:
            return false;
    }
}

bool promised_of_tags(Family a, Family b) {
    // A name that is not exactly `paid`, or brackets that are no angle brackets, count only
    // where nothing else is wrong: with attributes or tags inside they are other tags.
    const auto exact = [](Family family) {
        return family == Family::folded || family == Family::markup ||
               family == Family::attribute || family == Family::edge_space ||
               family == Family::delimiter;
    };
    return (exact(a) && exact(b)) || a == Family::folded;
}

}  // namespace

bool is_promised(const Mutator& first, const Mutator& second, WordKind kind) {
    if (!is_promised(first, kind) || !is_promised(second, kind)) return false;
    const Family a = first.family;
    const Family b = second.family;
    if (kind == WordKind::distinctive) return promised_of_words(a, b) || promised_of_words(b, a);
    return promised_of_tags(a, b) || promised_of_tags(b, a);
}

}  // namespace paywall::test

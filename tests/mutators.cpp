#include "tests/mutators.hpp"

namespace paywall::test {

const std::vector<Mutator>& mutators() {
    static const std::vector<Mutator> all = [] {
        std::vector<Mutator> list;
        add_foldings(list);
        add_insertions(list);
        add_shapes(list);
        add_words(list);
        return list;
    }();
    return all;
}

}  // namespace paywall::test

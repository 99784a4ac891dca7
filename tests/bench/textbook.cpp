#include "tests/bench/textbook.hpp"

#include <boost/range/iterator_range.hpp>
#include <boost/spirit/home/x3.hpp>

namespace paywall::bench {
namespace {

namespace x3 = boost::spirit::x3;

// standard::char_, for ascii::char_ stops at the first byte that is not ASCII.
using x3::standard::char_;

const auto marker = x3::lit("##paidbegin##") | "##paidend##";
const auto text = x3::raw[*(char_ - marker)];

}  // namespace

std::size_t count_texts(std::string_view source) {
    const char* first = source.data();
    const char* const last = first + source.size();
    std::size_t texts = 0;
    while (first != last) {
        boost::iterator_range<const char*> found;
        x3::parse(first, last, text, found);
        texts += found.empty() ? 0 : 1;
        x3::parse(first, last, marker);
    }
    return texts;
}

}  // namespace paywall::bench

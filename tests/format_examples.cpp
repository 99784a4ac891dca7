#include "tests/format_examples.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <system_error>

namespace paywall::tests {
namespace {

constexpr std::string_view fence = "````";
constexpr std::string_view opening = "```` example ";

[[noreturn]] void fail(std::size_t line, const std::string& what) {
    throw std::runtime_error("FORMAT.md:" + std::to_string(line) + ": " + what);
}

template <typename Number>
Number number_of(std::string_view digits, int base) {
    Number number{};
    const auto end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
    if (error != std::errc{} || stop != end)
        throw std::runtime_error("not a number: " + std::string(digits));
    return number;
}

// `exact placeholder="a b"`: words, a value of several words in quotation marks.
std::map<std::string, std::string> options_of(std::string_view info) {
    std::map<std::string, std::string> options;
    std::string word;
    bool quoted = false;
    const auto finish = [&] {
        if (word.empty()) return;
        const auto equals = word.find('=');
        options[word.substr(0, equals)] =
            equals == std::string::npos ? std::string{} : word.substr(equals + 1);
        word.clear();
    };
    for (const char c : info) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ' ' && !quoted)
            finish();
        else
            word += c;
    }
    finish();
    return options;
}

std::string converted(const std::string& utf8, const std::string& encoding) {
    if (encoding.empty() || utf8.empty()) return utf8;
    const iconv_t to = iconv_open(encoding.c_str(), "UTF-8");
    if (to == reinterpret_cast<iconv_t>(-1))
        throw std::system_error(errno, std::generic_category(), "iconv_open " + encoding);
    std::string in = utf8;
    std::string out(in.size() * 4, '\0');
    char* from = in.data();
    char* into = out.data();
    std::size_t from_left = in.size();
    std::size_t into_left = out.size();
    const bool failed =
        iconv(to, &from, &from_left, &into, &into_left) == static_cast<std::size_t>(-1);
    iconv_close(to);
    if (failed) throw std::runtime_error("no " + encoding + " for: " + utf8);
    out.resize(out.size() - into_left);
    return out;
}

std::string utf8_of(char32_t c) {
    std::string text;
    const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    const auto tail = [&](int shift) { put(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6));
        tail(0);
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12));
        tail(6);
        tail(0);
    } else {
        put(0xF0U | (c >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
    return text;
}

// Bytes in the making: text waits in `run` until a raw byte or the end sends it.
class Bytes {
public:
    explicit Bytes(const std::string& encoding) : encoding_(encoding) {}

    void text(std::string_view utf8) { run_ += utf8; }
    void sign(std::string_view inner) {
        constexpr std::string_view times = "×";
        if (inner.substr(0, 1) == "x") {
            flush();
            done_ += static_cast<char>(number_of<unsigned char>(inner.substr(1), 16));
        } else if (const auto at = inner.find(times); at != std::string_view::npos) {
            const auto count = number_of<std::size_t>(inner.substr(0, at), 10);
            for (std::size_t i = 0; i < count; ++i) run_ += inner.substr(at + times.size());
        } else {
            run_ += utf8_of(number_of<std::uint32_t>(inner, 16));
        }
    }
    std::string take() {
        flush();
        return std::move(done_);
    }

private:
    void flush() {
        done_ += converted(run_, encoding_);
        run_.clear();
    }

    std::string encoding_;
    std::string run_;
    std::string done_;
};

}  // namespace

std::string Example::value(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string{} : found->second;
}

std::vector<Example> read_examples(std::string_view markdown) {
    std::vector<Example> examples;
    bool inside = false;
    std::size_t line_number = 0;
    while (!markdown.empty()) {
        const auto line = markdown.substr(0, markdown.find('\n'));
        markdown.remove_prefix(std::min(line.size() + 1, markdown.size()));
        ++line_number;
        if (inside && line == fence) {
            inside = false;
        } else if (inside && line == ".") {
            examples.back().parts.emplace_back();
        } else if (inside) {
            examples.back().parts.back().append(line).append("\n");
        } else if (line.substr(0, opening.size()) == opening) {
            const auto info = line.substr(opening.size());
            const auto digits = info.substr(0, info.find(' '));
            Example example{number_of<std::size_t>(digits, 10),
                            line_number,
                            options_of(info.substr(digits.size())),
                            {""}};
            if (example.number != examples.size() + 1) fail(line_number, "number out of order");
            examples.push_back(std::move(example));
            inside = true;
        }
    }
    if (inside) fail(line_number, "example has no end");
    return examples;
}

std::string bytes_of(std::string_view part, const std::string& encoding) {
    constexpr std::string_view tab = "→", carriage_return = "␍", space = "␠", no_line_end = "␃\n",
                               left = "⟨", right = "⟩";
    Bytes bytes(encoding);
    const auto starts = [&](std::string_view sign) { return part.substr(0, sign.size()) == sign; };
    while (!part.empty()) {
        std::size_t taken = 1;
        if (starts(tab)) {
            bytes.text("\t");
            taken = tab.size();
        } else if (starts(carriage_return)) {
            bytes.text("\r");
            taken = carriage_return.size();
        } else if (starts(space)) {
            bytes.text(" ");
            taken = space.size();
        } else if (starts(no_line_end)) {
            taken = no_line_end.size();
        } else if (starts(left)) {
            const auto end = part.find(right);
            if (end == std::string_view::npos) throw std::runtime_error("⟨ without ⟩");
            bytes.sign(part.substr(left.size(), end - left.size()));
            taken = end + right.size();
        } else {
            bytes.text(part.substr(0, 1));
        }
        part.remove_prefix(taken);
    }
    return bytes.take();
}

}  // namespace paywall::tests

#include "tests/html_generator.hpp"

#include <algorithm>
#include <array>

namespace paywall::tests {
namespace {

using test::Random;

/// A text in pieces. A marker can stand before any from `body_begin` on and at the end, and in the
/// head of a document, if there is one: before any from `begin` to `end`.
struct Pieces {
    struct {
        std::size_t begin = 0;
        std::size_t end = 0;
    } head;
    std::size_t body_begin = 0;
    std::vector<std::string> pieces;
};

class Generator {
public:
    Generator(Random& random, Manners manners) : random_(random), manners_(manners) {}

    Pieces generate() {
        Pieces pieces;
        const bool is_document = random_(4) == 0;
        if (is_document) {
            pieces.head.begin = 1;
            head();
            pieces.head.end = pieces_.size();
            add("</head><body>\n");
            pieces.body_begin = pieces_.size();
        }
        const auto blocks = 1 + random_(5);
        for (std::size_t i = 0; i < blocks; ++i) block(0);
        if (is_document) add("</body></html>");
        pieces.pieces = std::move(pieces_);
        return pieces;
    }

private:
    void add(std::string piece) { pieces_.push_back(std::move(piece)); }

    void head() {
        add("<!DOCTYPE html><html><head>");
        constexpr std::array parts{"<title>@</title>",
                                   "<meta charset=utf-8>",
                                   "<meta name=x content=\"@\">",
                                   "<link rel=x href=x>",
                                   "<script>let x = '<p>@</p>';</script>",
                                   "<style>p {}</style>",
                                   "<noscript><link rel=x href=x></noscript>",
                                   "<base href=x>"};
        const auto count = random_(5);
        for (std::size_t i = 0; i < count; ++i) {
            if (manners_ == Manners::sloppy && random_(16) == 0)  // they end the head
                add(random_(2) == 0 ? "<noscript><img src=x></noscript>"
                                    : "<noscript>@</noscript>");
            add(parts[random_(parts.size())]);
            if (random_(2) == 0) add("\n");
        }
    }

    void open(const std::string& name) {
        add("<" + name +
            (random_(3) == 0 ? " class=\"c" + std::to_string(random_(9)) + "\">" : ">"));
    }

    void close(const std::string& name) {
        if (manners_ == Manners::sloppy) {
            if (random_(8) == 0) return;
            if (random_(30) == 0) add("</" + std::string(any_name()) + ">");
        }
        add("</" + name + ">");
    }

    const char* any_name() {
        constexpr std::array names{"p",  "div",   "b", "i",    "li", "td",
                                   "tr", "table", "a", "span", "h2"};
        return names[random_(names.size())];
    }

    void words() {
        const auto count = 1 + random_(3);
        for (std::size_t i = 0; i < count; ++i)
            add("w ");  // its letter is set by whether it is paid
    }

    void inlines(std::size_t depth) {
        const auto count = random_(4);
        for (std::size_t i = 0; i < count; ++i) {
            constexpr std::array names{"b", "i", "em", "a", "span", "code", "x-y", "strong"};
            switch (random_(6)) {
                case 0:
                    add(random_(2) == 0 ? "<br>" : "<img src=x>");
                    break;
                case 1:
                    if (random_(8) == 0) {
                        noscript();
                    } else {
                        add(random_(2) == 0 ? "&nbsp;" : " ");
                    }
                    break;
                case 2:
                case 3:
                    if (depth < 3) {
                        const std::string name = names[random_(names.size())];
                        const bool is_link = name == "a";
                        if (is_link && in_link_ && manners_ == Manners::tidy) break;
                        in_link_ = in_link_ || is_link;
                        open(name);
                        inlines(depth + 1);
                        close(name);
                        if (is_link) in_link_ = false;
                        break;
                    }
                    [[fallthrough]];
                default:
                    words();
            }
        }
    }

    /// One piece: a marker in it is one in raw text for whoever runs scripts.
    void noscript() {
        constexpr std::array tidy{"<img src=x>", "@ ", "<b>@ </b>", "<em class=\"c1\">@ </em>"};
        constexpr std::array sloppy{"<p>@ ",         "<b>@ ",  "</p>@ ",
                                    "<div>@ </div>", "</b>@ ", "<td>@ </td>"};
        const bool is_tidy = manners_ == Manners::tidy || random_(2) == 0;
        const std::string content =
            is_tidy ? tidy[random_(tidy.size())] : sloppy[random_(sloppy.size())];
        add("<noscript>" + content + "</noscript>");
    }

    void element(const std::string& name, std::size_t depth, bool is_paragraph) {
        open(name);
        if (is_paragraph) {
            inlines(0);
        } else {
            const auto count = random_(4);
            for (std::size_t i = 0; i < count; ++i) block(depth + 1);
        }
        close(name);
        add("\n");
    }

    void list() {
        const std::string name = random_(2) == 0 ? "ul" : "ol";
        open(name);
        const auto count = 1 + random_(3);
        for (std::size_t i = 0; i < count; ++i) element("li", 0, true);
        close(name);
    }

    void table() {
        open("table");
        const bool has_body = random_(2) == 0;
        if (has_body) open("tbody");
        const auto rows = 1 + random_(3);
        for (std::size_t i = 0; i < rows; ++i) {
            open("tr");
            const auto cells = 1 + random_(3);
            for (std::size_t j = 0; j < cells; ++j)
                element(j == 0 ? "th" : "td", 0, random_(3) != 0);
            close("tr");
        }
        if (has_body) close("tbody");
        close("table");
    }

    void block(std::size_t depth) {
        constexpr std::array flows{"div", "section", "blockquote", "article"};
        constexpr std::array paragraphs{"p", "p", "p", "h2", "pre"};
        if (depth > 2) return element("p", depth, true);
        switch (random_(8)) {
            case 0:
                return list();
            case 1:
                return table();
            case 2:
                return inlines(0);
            case 3:
            case 4:
                return element(flows[random_(flows.size())], depth, false);
            case 5:
                add("<hr>");
                break;
            default:
                return element(paragraphs[random_(paragraphs.size())], depth, true);
        }
    }

    Random& random_;
    Manners manners_;
    bool in_link_ = false;
    std::vector<std::string> pieces_;
};

}  // namespace

GeneratedHtml generate_html(Random& random, Manners manners) {
    const auto [head, body_begin, pieces] = Generator(random, manners).generate();
    const auto sections = 1 + random(3);
    std::vector<std::size_t> cuts;  // pieces before which a marker stands
    const auto add_cuts = [&](std::size_t count, std::size_t begin, std::size_t end) {
        for (std::size_t i = 0; i < count; ++i) cuts.push_back(begin + random(end + 1 - begin));
    };
    if (head.begin < head.end && random(2) == 0) add_cuts(2, head.begin, head.end);
    add_cuts(2 * sections, body_begin, pieces.size());
    std::sort(cuts.begin(), cuts.end());
    GeneratedHtml html;
    std::size_t next = 0;
    std::size_t number = 0;
    const auto is_paid = [&] { return next % 2 == 1; };
    for (std::size_t i = 0; i <= pieces.size(); ++i) {
        for (; next < cuts.size() && cuts[next] == i; ++next) {
            const bool is_in_head = i < body_begin;
            const std::string marker = is_paid() ? "##paidend##" : "##paidbegin##";
            html.source += is_in_head && random(2) == 0 ? "<!-- " + marker + " -->" : marker;
            if (is_paid()) html.paid.back().second = html.marked.size();
            html.marked += "<!--m-->";
            if (!is_paid()) html.paid.emplace_back(html.marked.size(), 0);
        }
        if (i == pieces.size()) break;
        auto piece = pieces[i];
        if (piece == "w ") piece = (is_paid() ? "Q" : "f") + std::to_string(number++) + " ";
        if (const auto at = piece.find('@'); at != piece.npos)
            piece.replace(at, 1, (is_paid() ? "Z" : "f") + std::to_string(number++));
        html.source += piece;
        html.marked += piece;
    }
    return html;
}

}  // namespace paywall::tests

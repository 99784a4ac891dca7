#include "parser/html/structured_data.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "parser/html/tokens.hpp"
#include "parser/html/wrapping.hpp"
#include "parser/json_ld.hpp"

namespace paywall::html {
namespace {

/// A text that stands in an edition instead of bytes of the source, or between them.
struct Edit {
    enum class Side { behind, before };  ///< of no bytes: which of its neighbours are kept for sure
    Span replaced;
    Side side;
    std::string text;
    std::size_t segment;
};

/// What the kept tokens of a page show.
struct Page {
    std::vector<Span> json;               ///< the contents of JSON-LD scripts
    std::optional<std::size_t> head_end;  ///< `</head>`
    std::size_t end = 0;                  ///< behind all that can be followed by a tag
    std::optional<Span> own_class;        ///< a tag that has the class already
};

bool is_paywall_class(std::string_view word) {
    return word == "paywall" || word.starts_with("paywall-");
}

bool has_paywall_class(std::string_view tag) {
    bool has = false;
    if (tag.find("paywall") == tag.npos) return has;
    read_attributes(tag, [&](const Attribute& attribute) {
        if (!is_same_name(attribute.name, "class")) return;
        constexpr std::string_view spaces = " \t\n\f\r";
        for (std::size_t at = 0; at < attribute.value.size();) {
            const auto end =
                std::min(attribute.value.find_first_of(spaces, at), attribute.value.size());
            has = has || is_paywall_class(attribute.value.substr(at, end - at));
            at = end + 1;
        }
    });
    return has;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n\f\r") == text.npos;
}

/// Is a comment or tag cut off by the text's end?
bool is_cut_off(std::string_view markup) {
    if (markup.starts_with("<!--"))
        return markup.size() < 5 || !(markup.ends_with("-->") || markup.ends_with("--!>") ||
                                      markup == "<!-->" || markup == "<!--->");
    return !markup.ends_with('>');
}

Page read_page(const Outline& outline, const std::vector<Piece>& pieces) {
    Page page;
    bool is_json = false;
    bool is_closed = false;  // have the body's and document's end tags come?
    std::size_t tag = 0;
    Tokens(outline, pieces).for_each([&](const Item& item, Piece::Fate fate) {
        const auto view = outline.view(item.span);
        if (item.kind == Item::Kind::start_tag) tag = item.span.offset;
        if (item.kind == Item::Kind::raw_text) {
            page.end = tag;  // unless its end tag comes
        } else {
            is_closed = ends_page(item) || (is_closed && is_blank(view));
            const bool is_cut = item.kind == Item::Kind::other && is_cut_off(view);
            if (!is_closed && !is_cut) page.end = item.span.end();
        }
        if (fate == Piece::Fate::withheld) return;
        if (item.kind == Item::Kind::start_tag) {
            is_json = item.element == Element::script && view.find("ld+json") != view.npos;
            if (!page.own_class && has_paywall_class(view)) page.own_class = item.span;
        } else if (item.kind == Item::Kind::raw_text && is_json) {
            page.json.push_back(item.span);
        } else if (item.kind == Item::Kind::end_tag && item.element == Element::head) {
            if (!page.head_end) page.head_end = item.span.offset;
        }
    });
    return page;
}

/// Makes the edits of an edition.
class Editor {
public:
    Editor(const Outline& outline, const std::vector<Wrapper>& wrappers)
        : outline_(outline), wrappers_(wrappers) {
        for (const auto& wrapper : wrappers)
            if (segments_.empty() || segments_.back() != wrapper.segment)
                segments_.push_back(wrapper.segment);
    }

    std::optional<Diagnostic> edit(const Page& page) {
        for (const auto& wrapper : wrappers_) wrap(wrapper);
        if (page.own_class)
            return Diagnostic{.rule = Rule::unwrappable_section, .span = *page.own_class};
        auto best = JsonLd::other;
        Span script;
        for (const auto& json : page.json) {
            const auto kind = judge_json_ld(outline_.view(json));
            if (kind == JsonLd::invalid)
                return Diagnostic{.rule = Rule::invalid_json_ld, .span = json};
            if (kind > best) script = json;
            best = std::max(best, kind);
        }
        if (best != JsonLd::other) {
            auto json = extended_json_ld(outline_.view(script), segments_.size());
            add({script, Edit::Side::before, std::move(json), segments_.front()});
        } else {
            add_script(page);
        }
        std::ranges::stable_sort(edits_, [](const Edit& one, const Edit& other) {
            return std::pair(one.replaced.offset, one.side) <
                   std::pair(other.replaced.offset, other.side);
        });
        return std::nullopt;
    }

    [[nodiscard]] std::vector<Edit> take() { return std::move(edits_); }

private:
    void add(Edit edit) { edits_.push_back(std::move(edit)); }

    void wrap(const Wrapper& wrapper) {
        const auto section = static_cast<std::size_t>(
            std::ranges::lower_bound(segments_, wrapper.segment) - segments_.begin());
        const std::string name = wrapper.flow == Flow::block ? "div" : "span";
        const auto classes = paywall_classes(section + 1, segments_.size());
        add({{wrapper.begin, 0},
             Edit::Side::before,
             "<" + name + " class=\"" + classes + "\">",
             wrapper.segment});
        add({{wrapper.end, 0}, Edit::Side::behind, "</" + name + ">", wrapper.segment});
    }

    /// A script of its own, at the end of the head; where there is none, of the page. It gets a
    /// line of its own where what follows it has one.
    void add_script(const Page& page) {
        const auto text = outline_.text;
        const auto at = page.head_end.value_or(page.end);
        auto script =
            "<script type=\"application/ld+json\">" + new_json_ld(segments_.size()) + "</script>";
        const auto before = text.substr(0, at);
        if (before.ends_with("\r\n")) {
            script += "\r\n";
        } else if (before.ends_with('\n') || before.ends_with('\r')) {
            script += before.back();
        }
        const auto side = page.head_end ? Edit::Side::before : Edit::Side::behind;
        add({{at, 0}, side, std::move(script), segments_.back()});
    }

    const Outline& outline_;
    const std::vector<Wrapper>& wrappers_;
    std::vector<std::size_t> segments_;  // that have wrappers
    std::vector<Edit> edits_;
};

/// Puts edits, in order, into what is kept.
class Splicer {
public:
    explicit Splicer(std::vector<Edit> edits) : edits_(std::move(edits)) {}

    Composition splice(Composition composition) {
        for (auto& part : composition) {
            if (part.kind == Part::Kind::source) {
                splice_source(part.span);
            } else {
                result_.push_back(std::move(part));
            }
        }
        for (; next_ < edits_.size(); ++next_) put(edits_[next_]);
        return std::move(result_);
    }

private:
    /// Is the edit's place in or before this stretch of the source?
    static bool is_due(const Edit& edit, Span span) {
        return edit.side == Edit::Side::behind ? edit.replaced.offset <= span.end()
                                               : edit.replaced.offset < span.end();
    }

    void splice_source(Span span) {
        auto begin = span.offset;
        for (; next_ < edits_.size() && is_due(edits_[next_], span); ++next_) {
            const auto& edit = edits_[next_];
            put_source(begin, edit.replaced.offset);
            put(edit);
            begin = std::max(begin, edit.replaced.end());
        }
        put_source(begin, span.end());
    }

    void put_source(std::size_t begin, std::size_t end) {
        if (begin < end)
            result_.push_back({.kind = Part::Kind::source, .span = {begin, end - begin}});
    }

    void put(const Edit& edit) {
        result_.push_back({.kind = Part::Kind::text, .text = edit.text, .segment = edit.segment});
    }

    std::vector<Edit> edits_;
    Composition result_;
    std::size_t next_ = 0;
};

}  // namespace

std::optional<Diagnostic> add_structured_data(const Outline& outline,
                                              const std::vector<Piece>& pieces, const Plan& plan,
                                              Composition& composition) {
    auto found = find_wrappers(outline, pieces, plan);
    if (auto* fault = std::get_if<Diagnostic>(&found)) return std::move(*fault);
    const auto& wrappers = std::get<std::vector<Wrapper>>(found);
    if (wrappers.empty()) return std::nullopt;  // nothing of it can be seen
    Editor editor(outline, wrappers);
    if (auto fault = editor.edit(read_page(outline, pieces))) return fault;
    composition = Splicer(editor.take()).splice(std::move(composition));
    return std::nullopt;
}

}  // namespace paywall::html

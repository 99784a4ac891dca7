#include "audit/paid_text.hpp"

#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "audit/markup.hpp"
#include "audit/normal_text.hpp"

namespace paywall::audit {
namespace {

/// What stands between the tags, references resolved.
class Visible : public MarkupParts {
public:
    explicit Visible(NormalForm& form) : text_(form) {}

    void text(std::string_view part) override { append_resolved(text_, part, 0); }
    void tag(std::string_view) override {}
    void comment(std::string_view) override {}
    void raw(std::string_view, std::string_view) override {}

    [[nodiscard]] std::string take() const { return std::string(text_.bytes()); }

private:
    NormalText text_;
};

std::string without_tags(std::string_view text, NormalForm& form) {
    Visible visible(form);
    split_markup(text, visible);
    return visible.take();
}

std::string with_tags(std::string_view text, NormalForm& form) {
    NormalText normal(form);
    append_resolved(normal, text, 0);
    return std::string(normal.bytes());
}

/// Values of attributes that readers are shown.
class Captions : public MarkupParts {
public:
    explicit Captions(NormalForm& form) : text_(form) {}

    void text(std::string_view) override {}
    void tag(std::string_view part) override {
        for (const std::string_view name :
             {"alt=", "title=", "label=", "summary=", "content=", "placeholder=", "value="})
            for (std::size_t at = 0; (at = part.find(name, at)) != part.npos; at += name.size())
                add_value(part.substr(at + name.size()));
    }
    void comment(std::string_view) override {}
    void raw(std::string_view, std::string_view) override {}

    [[nodiscard]] std::string take() const { return std::string(text_.bytes()); }

private:
    void add_value(std::string_view rest) {
        if (rest.empty()) return;
        const bool is_quoted = rest.front() == '"' || rest.front() == '\'';
        const std::size_t end =
            is_quoted ? rest.find(rest.front(), 1) : rest.find_first_of(" \t\r\n\f>");
        if (end != rest.npos) rest = rest.substr(0, end);
        append_resolved(text_, rest.substr(is_quoted ? 1 : 0), 0);
        text_.separate();
    }

    NormalText text_;
};

// --- Markdown ------------------------------------------------------------------------------

struct NodeFree {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct IterFree {
    void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};
using Node = std::unique_ptr<cmark_node, NodeFree>;

/// What a node and all below it show.
std::string shown_by(cmark_node* node, NormalForm& form) {
    NormalText text(form);
    std::string html;
    const std::unique_ptr<cmark_iter, IterFree> iter(cmark_iter_new(node));
    while (cmark_iter_next(iter.get()) != CMARK_EVENT_DONE) {
        if (cmark_iter_get_event_type(iter.get()) != CMARK_EVENT_ENTER) continue;
        cmark_node* at = cmark_iter_get_node(iter.get());
        const cmark_node_type type = cmark_node_get_type(at);
        const char* literal = cmark_node_get_literal(at);
        if (literal == nullptr) continue;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK) {
            text.append_decoded(literal, 0);
        } else if (type == CMARK_NODE_HTML_BLOCK) {
            html = without_tags(literal, form);
            text.append_decoded(html, 0);  // in normal form: comes to itself
        }
    }
    return std::string(text.bytes());
}

/// Where the lines begin, and the end.
std::vector<std::size_t> line_starts(std::string_view text) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n')))
            starts.push_back(i + 1);
    if (starts.back() != text.size()) starts.push_back(text.size());
    return starts;
}

/// A run of lines, first and behind the last.
struct Lines {
    std::size_t begin;
    std::size_t end;
};

class Markdown {
public:
    Markdown(std::string_view text, std::size_t context, NormalForm& form)
        : text_(text), context_(context), form_(form), starts_(line_starts(text)) {}

    [[nodiscard]] std::vector<std::string> read() {
        const Node document(cmark_parse_document(text_.data(), text_.size(),
                                                 CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES));
        std::vector<Lines> changed;
        std::string visible;
        for (cmark_node* block = cmark_node_first_child(document.get()); block != nullptr;
             block = cmark_node_next(block)) {
            const std::string shown = shown_by(block, form_);
            visible += shown;
            const Lines lines = lines_of(block);
            if (with_tags(text_of(lines), form_) != shown) add(changed, widen(lines));
        }
        // What belongs to no block, as definitions of links do, is read as it is.
        std::vector<std::string> readings{visible};
        if (with_tags(text_, form_) != visible && changed.empty()) add(changed, {0, last()});
        for (const Lines lines : changed) {
            readings.push_back(without_tags(text_of(lines), form_));
            std::string plain = with_tags(text_of(lines), form_);
            if (plain != readings.back()) readings.push_back(std::move(plain));
        }
        return readings;
    }

private:
    [[nodiscard]] std::size_t last() const { return starts_.size() - 1; }
    [[nodiscard]] Lines lines_of(cmark_node* block) const {
        const auto begin = static_cast<std::size_t>(std::max(cmark_node_get_start_line(block), 1));
        const auto end = static_cast<std::size_t>(std::max(cmark_node_get_end_line(block), 0));
        return {std::min(begin - 1, last()), std::clamp(end, std::min(begin, last()), last())};
    }
    [[nodiscard]] std::string_view text_of(Lines lines) const {
        return text_.substr(starts_[lines.begin], starts_[lines.end] - starts_[lines.begin]);
    }
    /// With as much before and behind as a run across the border could reach.
    [[nodiscard]] Lines widen(Lines lines) const {
        const auto size = [this](std::size_t begin, std::size_t end) {
            return with_tags(text_of({begin, end}), form_).size();
        };
        const Lines inner = lines;
        while (lines.begin > 0 && size(lines.begin, inner.begin) < context_) --lines.begin;
        while (lines.end < last() && size(inner.end, lines.end) < context_) ++lines.end;
        return lines;
    }
    static void add(std::vector<Lines>& to, Lines lines) {
        if (!to.empty() && lines.begin <= to.back().end) {
            to.back().end = std::max(to.back().end, lines.end);
        } else {
            to.push_back(lines);
        }
    }

    std::string_view text_;
    std::size_t context_;
    NormalForm& form_;
    std::vector<std::size_t> starts_;
};

/// Without the labels behind texts of links, `[text][label]`: what they refer to may be defined
/// outside of the segment, and no reader sees them then.
std::string without_labels(std::string_view text) {
    std::string rest;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find("][", at);
        const auto end = begin == text.npos ? text.npos : text.find_first_of("]\n", begin + 2);
        if (end == text.npos) return rest.append(text.substr(at));
        const bool is_label = text[end] == ']';
        rest.append(text.substr(at, (is_label ? begin + 1 : end) - at));
        at = is_label ? end + 1 : end;
    }
    return rest;
}

/// What Markdown shows, with what it refers to or without.
std::vector<std::string> readings_of_markdown(std::string_view text, std::size_t context,
                                              NormalForm& form) {
    auto readings = Markdown(text, context, form).read();
    if (text.find("][") == text.npos) return readings;
    const auto rest = without_labels(text);
    auto shown = Markdown(rest, context, form).read().front();
    if (shown != readings.front()) readings.push_back(std::move(shown));
    return readings;
}

}  // namespace

std::vector<std::string> readings_of(std::string_view text, Content content, std::size_t context,
                                     NormalForm& form) {
    std::vector<std::string> readings;
    if (content == Content::markdown) {
        readings = readings_of_markdown(text, context, form);
    } else {
        readings.push_back(without_tags(text, form));
        std::string plain = with_tags(text, form);
        if (content == Content::text && plain != readings.front())
            readings.push_back(std::move(plain));
    }
    Captions captions(form);
    split_markup(text, captions);
    if (std::string said = captions.take(); !said.empty()) readings.push_back(std::move(said));
    return readings;
}

}  // namespace paywall::audit

#include "audit/explorer.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "audit/base64.hpp"
#include "audit/charset.hpp"
#include "audit/escapes.hpp"
#include "audit/format_name.hpp"
#include "audit/layer.hpp"
#include "audit/mail.hpp"
#include "audit/markup.hpp"
#include "audit/normal_text.hpp"
#include "parser/encoding.hpp"

namespace paywall::audit {
namespace {

/// The union of two spans that overlap or touch, in a list that is ascending and apart.
void add_span(std::vector<Span>& spans, Span added) {
    auto at = std::ranges::lower_bound(spans, added.offset, {}, &Span::end);
    while (at != spans.end() && at->offset <= added.end()) {
        const std::size_t end = std::max(at->end(), added.end());
        added.offset = std::min(at->offset, added.offset);
        added.length = end - added.offset;
        at = spans.erase(at);
    }
    spans.insert(at, added);
}

/// Where a place of text that read_as_utf16() gave is in the bytes.
std::size_t utf16_offset(std::string_view text, std::size_t offset) {
    std::size_t bytes = 0;
    for (std::size_t at = 0; at < offset && at < text.size();) {
        const auto character = read_utf8(text, at);
        bytes +=
            character.code_point > 0xFFFF && character.code_point != Character::invalid ? 4 : 2;
        at += character.length;
    }
    return bytes;
}

bool is_css(const Layer& layer) {
    return layer.name.ends_with("css") ||
           (layer.name.empty() && layer.parent != nullptr && is_css(*layer.parent));
}

Layer derived_layer(const Layer& parent, std::string name, const Derived& derived) {
    return {.parent = &parent,
            .name = std::move(name),
            .bytes = derived.text(),
            .way = Layer::Way::derived,
            .derived = &derived,
            .begin = 0,
            .places = Layer::Places::none,
            .depth = parent.depth + 1};
}

/// So much may be read of layers made of a file for each of its bytes: ordinary files come to less
/// than ten.
constexpr std::size_t readings_per_byte = 16;

/// What is searched in windows, so that it takes no more memory than these.
constexpr std::size_t window = std::size_t{1} << 20;
constexpr std::size_t overlap = std::size_t{8} << 10;

/// What is longer is read in parts of about this size. Each goes this far into the next: so far
/// apart may the beginning and the end of a run be that markup interrupts.
constexpr std::size_t part_size = std::size_t{2} << 20;
constexpr std::size_t part_overlap = std::size_t{512} << 10;

/// Where the next part begins: behind a line end, or where no character is cut.
std::size_t next_part(std::string_view part, std::optional<Utf> wide) {
    constexpr std::size_t far = std::size_t{64} << 10;
    std::size_t begin = part.size() - part_overlap;
    if (wide) return begin / 4 * 4;
    const std::size_t line_end = part.rfind('\n', begin - 1);
    if (line_end != part.npos && line_end + far > begin) return line_end + 1;
    while ((static_cast<unsigned char>(part[begin]) & 0xC0U) == 0x80 && begin + 4 > part_size)
        --begin;
    return begin;
}

/// Adds bytes until there are `size`; false where there are no more.
bool fill(std::string& buffer, std::size_t size, const Stream& next) {
    while (buffer.size() < size) {
        const auto bytes = next();
        if (bytes.empty()) return false;
        buffer += bytes;
    }
    return true;
}

std::string encoding_of(Utf form) {
    constexpr std::array<const char*, 4> names = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    return names[static_cast<std::size_t>(form)];
}

/// What text a file or packed member is, by its beginning.
struct Form {
    std::optional<Utf> wide;
    std::string format;
    bool is_markup;
    bool is_mail;
};

Form form_of(std::string_view bytes, std::string_view name) {
    const auto wide = wide_form(bytes);
    if (!wide) return {{}, format_name(bytes, name), begins_with_markup(bytes), is_mail(bytes)};
    const auto decoded = decode_lossy(bytes, encoding_of(*wide));
    return {wide, format_name(decoded.text(), name), false, false};
}

/// Which readings of a text may show something that no other reading shows: a tree of all
/// readings of all readings would be without end.
struct Readings {
    bool plain = true;
    bool markup = true;
    bool strings = true;
    bool percent = true;
};

/// Those of a text in which what was decoded brought these signs to light. All others have been
/// read, or will be, before this was decoded.
Readings readings_of_made(const Derived::Made& made) {
    return {
        .plain = true, .markup = made.markup, .strings = made.backslash, .percent = made.percent};
}

}  // namespace

/// Memory for texts in normal form, as many as are in use at a time.
struct Explorer::Texts {
    class Loan {
    public:
        explicit Loan(Texts& texts) : texts_(texts) {
            if (texts.free.empty()) texts.free.push_back(std::make_unique<NormalText>(texts.form));
            text_ = std::move(texts.free.back());
            texts.free.pop_back();
            text_->clear();
        }
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        ~Loan() {
            constexpr std::size_t most_kept = std::size_t{1} << 20;
            if (text_->capacity() <= most_kept) texts_.free.push_back(std::move(text_));
        }

        NormalText& operator*() const { return *text_; }
        NormalText* operator->() const { return text_.get(); }

    private:
        Texts& texts_;
        std::unique_ptr<NormalText> text_;
    };

    NormalForm form;
    std::vector<std::unique_ptr<NormalText>> free;
};

/// Scripts, styles and base64 in which nothing was found, byte for byte: the pages of a site hold
/// the same ones. Forgets all when it is full.
class Explorer::CleanParts {
public:
    enum class ReadAs { script, css, base64 };

    [[nodiscard]] bool contains(std::string_view part, ReadAs read_as) const {
        return parts_[static_cast<std::size_t>(read_as)].contains(part);
    }

    void add(std::string_view part, ReadAs read_as) {
        if (part.size() > most_bytes / 8) return;
        if (bytes_ + part.size() > most_bytes) {
            for (auto& parts : parts_) parts.clear();
            bytes_ = 0;
        }
        bytes_ += part.size();
        parts_[static_cast<std::size_t>(read_as)].emplace(part);
    }

private:
    static constexpr std::size_t most_bytes = std::size_t{512} << 10;

    std::array<std::set<std::string, std::less<>>, 3> parts_;  // by what they were read as
    std::size_t bytes_ = 0;
};

/// The search of one file.
class Explorer::Exploration {
public:
    explicit Exploration(Explorer& explorer)
        : explorer_(explorer), limits_(explorer.limits_), left_to_unpack_(limits_.unpacked_bytes) {}

    [[nodiscard]] std::size_t units() const { return explorer_.index_.units(); }
    [[nodiscard]] Texts& texts() const { return *explorer_.texts_; }
    [[nodiscard]] CleanParts& clean_parts() const { return *explorer_.clean_parts_; }
    [[nodiscard]] bool found_nothing() const { return leaks_.empty() && result_.gaps.empty(); }

    void read_file(const Bytes& bytes, std::string_view name);
    /// A file or packed member, or what base64 stands for.
    void read_bytes(Layer& layer, std::string_view name);
    void read_text(Layer& layer, Readings readings);
    /// A text that escapes for bytes stand for: in any encoding.
    void read_bytes_of_escapes(const Layer& parent, const std::string& name, const Derived& derived,
                               Readings readings);
    /// A text that was made of another.
    void read_derived(const Layer& parent, std::string name, const Derived& derived,
                      Readings readings);
    void search(const Layer& layer, const NormalText& text,
                const std::function<std::size_t(std::size_t)>& to_layer = {});
    void add_gap(Gap::Kind kind, const Layer& layer);

    [[nodiscard]] Explored take();

private:
    bool enter(const Layer& layer);
    bool is_new(std::string_view bytes);
    /// A file or packed member of any length.
    void read_stream(Layer& layer, std::string_view name, const Stream& next);
    /// Gives the parts of it; `buffer` is what has been read already, `more` whether that is not
    /// all.
    void read_parts(const Layer& layer, std::string& buffer, bool more, const Stream& next,
                    std::optional<Utf> wide, const std::function<void(Layer& part)>& use);
    void read_unpacked(Layer& layer, const Form& form);
    void read_packed(const Layer& layer, Packing packing, const Bytes& bytes,
                     std::string_view name);
    void read_legacy(Layer& layer);
    void read_data(Layer& layer);
    void read_data_window(Layer& layer);
    void read_xmp(const Layer& layer);
    void read_raw(const Layer& layer, const Bytes& bytes);
    void read_markup(Layer& layer);
    void read_escapes(const Layer& layer, Readings readings);
    void read_mail(const Layer& layer);
    void read_base64(const Layer& layer);
    void read_behind_invalid(Layer& layer);
    void search_plain(const Layer& layer);
    void find_residue(const Layer& layer, const Parser& markers);
    void drop_bytes_of_pictures();
    void drop_second_readings();

    Explorer& explorer_;
    const Limits& limits_;
    std::size_t left_to_unpack_;
    std::size_t left_to_read_ = std::size_t{64} << 20;  // in layers made of others
    std::unordered_set<std::size_t> seen_;              // hashes of derived texts
    std::map<std::pair<std::string, std::uint32_t>, Leak> leaks_;
    Explored result_;
};

/// Gathers what stands between tags in one text in normal form and what stands in tags in
/// another, and has searched what holds another layer.
class Explorer::Parts : public MarkupParts {
public:
    Parts(Exploration& exploration, const Layer& layer)
        : exploration_(exploration),
          layer_(layer),
          visible_(exploration.texts()),
          inside_(exploration.texts()),
          has_escapes_(layer.bytes.find('\\') != layer.bytes.npos ||
                       layer.bytes.find('%') != layer.bytes.npos),
          is_page_(begins_with_markup(layer.bytes)) {}

    void text(std::string_view part) override {
        if (append_resolved(*visible_, part, offset_of(part)) == Resolved::markup ||
            (has_escapes_ && holds_escape(part)))
            holds_layer_ = true;
    }

    void tag(std::string_view part) override {
        if (part.size() < exploration_.units() && is_short_and_plain(part)) return;
        add_inside(part, {.plain = false}, Markup::broken);
    }

    void comment(std::string_view part) override { add_inside(part, {}, Markup::inner); }

    void raw(std::string_view name, std::string_view part) override {
        const bool css = name == "style" || is_css(layer_);
        const auto read_as = css ? CleanParts::ReadAs::css : CleanParts::ReadAs::script;
        if (exploration_.clean_parts().contains(part, read_as)) return;
        Layer inner = slice(part);
        inner.markup = Markup::inner;
        exploration_.read_text(inner, {});
        if (name == "style" && has_escapes(part, Escapes::css))
            exploration_.read_derived(inner, "", decode_escapes(part, Escapes::css), {});
        // What else was found may stand in this part as well: the same text is read only once.
        if (exploration_.found_nothing()) exploration_.clean_parts().add(part, read_as);
    }

    void finish() {
        exploration_.search(layer_, *visible_);
        exploration_.search(layer_, *inside_);
        if (!holds_layer_) return;
        Derived shown;
        Shown collector(layer_.bytes, shown);
        split_markup(layer_.bytes, collector, layer_.markup);
        // Escapes that stood there before are read with all that is around them, unless that is
        // a page, which is read by its parts.
        const auto& made = shown.made();
        exploration_.read_derived(layer_, made.markup ? "html" : "", shown,
                                  {.plain = false,
                                   .markup = made.markup,
                                   .strings = made.backslash || is_page_,
                                   .percent = true});
    }

private:
    /// What is seen of a text, as a text.
    class Shown : public MarkupParts {
    public:
        Shown(std::string_view whole, Derived& to) : whole_(whole), to_(to) {}
        void text(std::string_view part) override {
            append_resolved(to_, part, static_cast<std::size_t>(part.data() - whole_.data()));
        }
        void tag(std::string_view) override {}
        void comment(std::string_view) override {}
        void raw(std::string_view, std::string_view) override {}

    private:
        std::string_view whole_;
        Derived& to_;
    };

    [[nodiscard]] std::size_t offset_of(std::string_view part) const {
        return static_cast<std::size_t>(part.data() - layer_.bytes.data());
    }
    [[nodiscard]] Layer slice(std::string_view part) const {
        return {.parent = &layer_,
                .name = {},
                .bytes = part,
                .way = Layer::Way::slice,
                .derived = nullptr,
                .begin = offset_of(part),
                .places = Layer::Places::none,
                .depth = layer_.depth + 1};
    }
    static bool holds_escape(std::string_view part) {
        return part.find('\\') != part.npos || has_escapes(part, Escapes::percent);
    }
    /// Too short for a run, and no character comes to more bytes than it has.
    static bool is_short_and_plain(std::string_view part) {
        return std::ranges::none_of(
            part, [](char c) { return c == '&' || static_cast<unsigned char>(c) >= 0x80; });
    }
    void add_inside(std::string_view part, Readings readings, Markup markup) {
        const auto resolved = append_resolved(*inside_, part, offset_of(part));
        inside_->separate();
        if (resolved == Resolved::plain && part.find('<') == part.npos &&
            !(has_escapes_ && holds_escape(part)))
            return;
        Layer inner = slice(part);
        inner.markup = markup;
        exploration_.read_text(inner, readings);
    }

    Exploration& exploration_;
    const Layer& layer_;
    Texts::Loan visible_;
    Texts::Loan inside_;
    bool has_escapes_;
    bool is_page_;
    bool holds_layer_ = false;
};

void Explorer::Exploration::add_gap(Gap::Kind kind, const Layer& layer) {
    const auto same = [kind](const Gap& gap) { return gap.kind == kind; };
    if (std::ranges::any_of(result_.gaps, same)) return;
    result_.gaps.push_back({kind, call_places(layer, {0}).front()});
}

/// May this layer be read? Each text is read once, to a depth and an amount that are bounded.
bool Explorer::Exploration::enter(const Layer& layer) {
    if (layer.depth > limits_.depth || layer.bytes.size() > left_to_read_) {
        add_gap(Gap::Kind::limit, layer);
        return false;
    }
    if (layer.depth == 0) return true;
    left_to_read_ -= layer.bytes.size();
    return layer.way != Layer::Way::derived || is_new(layer.bytes);
}

bool Explorer::Exploration::is_new(std::string_view bytes) {
    return seen_.insert(std::hash<std::string_view>()(bytes)).second;
}

void Explorer::Exploration::read_file(const Bytes& bytes, std::string_view name) {
    Layer file;
    file.bytes = bytes.from(0);
    if (file.bytes.size() == bytes.size) return read_bytes(file, name);
    const auto packing = packing_of(file.bytes, name);
    if (!packing) return read_stream(file, name, stream_of(bytes));
    file.name = packing_name(*packing, file.bytes);
    read_packed(file, *packing, bytes, name);
}

void Explorer::Exploration::read_stream(Layer& layer, std::string_view name, const Stream& next) {
    std::string buffer;
    bool more = fill(buffer, part_size + part_overlap, next);
    layer.bytes = buffer;
    if (more && packing_of(buffer, name)) {  // packed in what is packed: all of it is needed
        more = fill(buffer, limits_.member_bytes, next);
        layer.bytes = buffer;
        if (more) {
            add_gap(Gap::Kind::limit, layer);
            return read_data_window(layer);
        }
    }
    if (!more) return read_bytes(layer, name);
    const Form form = form_of(buffer, name);
    read_parts(layer, buffer, more, next, form.wide,
               [&](Layer& part) { read_unpacked(part, form); });
}

void Explorer::Exploration::read_parts(const Layer& layer, std::string& buffer, bool more,
                                       const Stream& next, std::optional<Utf> wide,
                                       const std::function<void(Layer& part)>& use) {
    Location start;
    while (true) {
        Layer part = layer;
        part.bytes = buffer;
        part.start = start;
        part.lines.reset();
        use(part);
        if (!more) return;
        const std::size_t end = next_part(buffer, wide);
        const auto done = std::string_view(buffer).substr(0, end);
        start = behind(start, Source(done).locate(end));
        buffer.erase(0, end);
        seen_.clear();  // or it would grow with the file
        more = fill(buffer, part_size + part_overlap, next);
    }
}

void Explorer::Exploration::read_bytes(Layer& layer, std::string_view name) {
    if (layer.bytes.empty()) return;
    if (const auto packing = packing_of(layer.bytes, name)) {
        layer.name += layer.name.empty() ? "" : " > ";
        layer.name += packing_name(*packing, layer.bytes);
        return read_packed(layer, *packing, in_memory(layer.bytes), name);
    }
    read_unpacked(layer, form_of(layer.bytes, name));
}

/// A text, or what is none; all of it or a part.
void Explorer::Exploration::read_unpacked(Layer& layer, const Form& form) {
    if (layer.way == Layer::Way::packed) left_to_read_ += readings_per_byte * layer.bytes.size();
    const bool utf8 = !form.wide && is_utf8(layer.bytes);
    if (!form.wide && !utf8 && !is_text_like(layer.bytes)) return read_data(layer);
    if (form.wide) {
        const Derived decoded = decode_lossy(layer.bytes, encoding_of(*form.wide));
        return read_derived(layer, form.format, decoded, {});
    }
    layer.name += (layer.name.empty() ? "" : " > ") + form.format;
    layer.is_mail = form.is_mail && layer.way == Layer::Way::packed;
    if (form.is_markup)
        layer.places = form.format == "html" || form.format == "svg"
                           ? Layer::Places::special_elements
                           : Layer::Places::elements;
    else if (form.format == "json" || form.format == "source map")
        layer.places = Layer::Places::keys;
    if (utf8) {
        read_text(layer, {});
    } else {
        read_legacy(layer);
    }
    for (const Parser& markers : explorer_.markers_) find_residue(layer, markers);
}

void Explorer::Exploration::read_packed(const Layer& layer, Packing packing, const Bytes& bytes,
                                        std::string_view name) {
    if (layer.depth >= limits_.depth || left_to_unpack_ == 0)
        return add_gap(Gap::Kind::limit, layer);
    const auto outer_name = name.substr(0, std::min(name.rfind('.'), name.size()));
    const auto read_member = [&](std::string_view member_name, const Stream& next) {
        Layer member{.parent = &layer,
                     .name = std::string(member_name),
                     .bytes = {},
                     .way = Layer::Way::packed,
                     .derived = nullptr,
                     .begin = 0,
                     .places = Layer::Places::none,
                     .depth = layer.depth + 1};
        read_stream(member, member_name.empty() ? outer_name : member_name, next);
    };
    switch (unpack(packing, bytes, limits_, left_to_unpack_, read_member)) {
        case Unpacked::whole:
            if (!is_image(packing)) return;
            add_gap(Gap::Kind::data, layer);  // what it shows
            break;
        case Unpacked::limit:
            return add_gap(Gap::Kind::limit, layer);
        case Unpacked::damaged:
            add_gap(Gap::Kind::damaged, layer);
            break;
        case Unpacked::encrypted:
            add_gap(Gap::Kind::encrypted, layer);
            break;
    }
    read_raw(layer, bytes);
}

/// The bytes of what is packed, as they are.
void Explorer::Exploration::read_raw(const Layer& layer, const Bytes& bytes) {
    const Stream next = stream_of(bytes);
    std::string buffer;
    const bool more = fill(buffer, part_size + part_overlap, next);
    read_parts(layer, buffer, more, next, {}, [this](Layer& part) {
        read_data_window(part);
        read_xmp(part);
    });
}

/// Text that is not UTF-8: its ASCII and what else is UTF-8, and every encoding it may be in, in
/// windows that overlap.
void Explorer::Exploration::read_legacy(Layer& layer) {
    read_text(layer, {});
    for (std::size_t begin = 0; begin < layer.bytes.size(); begin += window) {
        const Layer part{.parent = &layer,
                         .name = {},
                         .bytes = layer.bytes.substr(begin, window + overlap),
                         .way = Layer::Way::slice,
                         .derived = nullptr,
                         .begin = begin,
                         .places = Layer::Places::none,
                         .depth = layer.depth + 1};
        for (const auto& encoding : legacy_encodings())
            read_derived(part, "", decode_lossy(part.bytes, encoding), {});
    }
}

/// Data of no known format: searched as UTF-8 and UTF-16 at any alignment, in windows that
/// overlap.
void Explorer::Exploration::read_data(Layer& layer) {
    if (layer.way == Layer::Way::packed) add_gap(Gap::Kind::data, layer);
    read_data_window(layer);
    read_xmp(layer);
}

/// What stands in pictures and other media as XML (XMP, part 1, 7.3.2).
void Explorer::Exploration::read_xmp(const Layer& layer) {
    const auto& bytes = layer.bytes;
    for (std::size_t at = 0; (at = bytes.find("<x:xmpmeta", at)) != bytes.npos;) {  // XMP, 7.3.2
        const std::size_t end = std::min(bytes.find("</x:xmpmeta>", at), bytes.size());
        Layer packet{.parent = &layer,
                     .name = "xmp",
                     .bytes = bytes.substr(at, end - at),
                     .way = Layer::Way::slice,
                     .derived = nullptr,
                     .begin = at,
                     .places = Layer::Places::elements,
                     .depth = layer.depth + 1};
        read_text(packet, {});
        at = end;
    }
}

void Explorer::Exploration::read_data_window(Layer& layer) {
    const std::string_view bytes = layer.bytes;
    for (std::size_t begin = 0; begin < bytes.size(); begin += window) {
        const auto part = bytes.substr(begin, window + overlap);
        const Texts::Loan text(texts());
        text->append(part, begin);
        search(layer, *text);
        for (const std::size_t shift : {0U, 1U}) {
            for (const Utf form : {Utf::utf16le, Utf::utf16be}) {
                if (part.size() <= shift) continue;
                const std::string wide = read_as_utf16(part.substr(shift), form);
                text->clear();
                text->append(wide, 0);
                search(layer, *text, [&](std::size_t offset) {
                    return begin + shift + utf16_offset(wide, offset);
                });
            }
        }
    }
}

void Explorer::Exploration::read_text(Layer& layer, Readings readings) {
    if (layer.bytes.empty() || !enter(layer)) return;
    const bool is_page = begins_with_markup(layer.bytes) && readings.markup;
    if (!is_page && readings.plain) search_plain(layer);
    if (readings.markup &&
        (layer.bytes.find('<') != layer.bytes.npos || layer.bytes.find('&') != layer.bytes.npos))
        read_markup(layer);
    // Of a text that is all markup, each part has been read for itself.
    if (!is_page) read_escapes(layer, readings);
    read_base64(layer);
}

void Explorer::Exploration::read_derived(const Layer& parent, std::string name,
                                         const Derived& derived, Readings readings) {
    Layer layer = derived_layer(parent, std::move(name), derived);
    read_text(layer, readings);
}

void Explorer::Exploration::read_bytes_of_escapes(const Layer& parent, const std::string& name,
                                                  const Derived& derived, Readings readings) {
    read_derived(parent, name, derived, readings);
    const Derived invalid = around_invalid(derived);
    if (invalid.text().empty()) return;
    const Layer escaped = derived_layer(parent, name, derived);
    const Layer around = derived_layer(escaped, "", invalid);
    for (const auto& encoding : legacy_encodings())
        read_derived(around, "", decode_lossy(invalid.text(), encoding), readings);
}

void Explorer::Exploration::read_markup(Layer& layer) {
    Parts parts(*this, layer);
    split_markup(layer.bytes, parts, layer.markup);
    parts.finish();
}

void Explorer::Exploration::read_escapes(const Layer& layer, Readings readings) {
    if (readings.strings && has_escapes(layer.bytes, Escapes::string)) {
        const Derived decoded = decode_escapes(layer.bytes, Escapes::string);
        // Quotes that were escaped are quotes of attributes, so markup reads otherwise.
        read_derived(layer, "", decoded,
                     {.plain = true, .markup = true, .strings = decoded.made().backslash});
    }
    if (readings.percent && has_escapes(layer.bytes, Escapes::percent)) {
        const Derived decoded = decode_escapes(layer.bytes, Escapes::percent);
        read_bytes_of_escapes(layer, "percent-encoding", decoded, readings_of_made(decoded.made()));
    }
    if (is_css(layer) && has_escapes(layer.bytes, Escapes::css))
        read_derived(layer, "", decode_escapes(layer.bytes, Escapes::css), {});
    if (layer.is_mail) read_mail(layer);
}

void Explorer::Exploration::read_mail(const Layer& layer) {
    if (has_escapes(layer.bytes, Escapes::quoted_printable))
        read_bytes_of_escapes(layer, "quoted-printable",
                              decode_escapes(layer.bytes, Escapes::quoted_printable), {});
    read_derived(layer, "header", decode_encoded_words(layer.bytes), {});
}

void Explorer::Exploration::read_base64(const Layer& layer) {
    std::size_t from = 0;
    while (const auto found = find_base64(layer.bytes, from, units())) {
        from = found->end();
        const auto text = layer.bytes.substr(found->offset, found->length);
        if (clean_parts().contains(text, CleanParts::ReadAs::base64)) continue;
        for (std::size_t skip = 0; skip < 4; ++skip) {
            const std::string bytes = decode_base64(text, skip);
            const bool understood = is_utf8(bytes) || packing_of(bytes, "");
            Layer inner{.parent = &layer,
                        .name = "base64",
                        .bytes = bytes,
                        .way = Layer::Way::spot,
                        .derived = nullptr,
                        .begin = found->offset,
                        .places = Layer::Places::none,
                        .depth = layer.depth + 1};
            if (understood || skip == 0) {
                if (is_new(bytes)) read_bytes(inner, "");
            } else {
                // Digits that stand before it can belong to something else: `path/` does.
                read_behind_invalid(inner);
            }
            if (understood) break;
        }
        if (found_nothing()) clean_parts().add(text, CleanParts::ReadAs::base64);
    }
}

/// What may be text from some place on, though its first bytes are none.
void Explorer::Exploration::read_behind_invalid(Layer& layer) {
    search_plain(layer);
    std::string_view rest = layer.bytes;
    while (const auto invalid = first_invalid_utf8(rest))
        rest.remove_prefix(invalid->offset + std::max<std::size_t>(invalid->length, 1));
    if (rest.size() < units() || rest.find('\0') != rest.npos) return;
    layer.bytes = rest;
    if (is_new(rest)) read_bytes(layer, "");
}

void Explorer::Exploration::search_plain(const Layer& layer) {
    const Texts::Loan text(texts());
    text->append(layer.bytes, 0);
    search(layer, *text);
}

void Explorer::Exploration::search(const Layer& layer, const NormalText& text,
                                   const std::function<std::size_t(std::size_t)>& to_layer) {
    const auto matches = explorer_.index_.find(text.bytes());
    if (matches.empty()) return;
    std::vector<std::size_t> offsets;
    for (const Match& match : matches) {
        const std::size_t offset = text.origin(match.found.offset);
        offsets.push_back(to_layer ? to_layer(offset) : offset);
    }
    const auto names = call_places(layer, offsets);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        constexpr std::size_t locator_characters = 8;
        const auto [at, is_new] = leaks_.try_emplace({names[i], matches[i].segment});
        Leak& leak = at->second;
        add_span(leak.paid, matches[i].paid);
        const Location location = locate(layer, offsets[i]);
        const auto before = [](Location one, Location other) {
            return std::pair(one.line, one.column) < std::pair(other.line, other.column);
        };
        if (!is_new && !before(location, leak.location)) continue;
        leak.segment = matches[i].segment;
        leak.layer = names[i];
        leak.location = location;
        leak.locator =
            first_characters(text.bytes().substr(matches[i].found.offset, matches[i].found.length),
                             locator_characters);
    }
}

void Explorer::Exploration::find_residue(const Layer& layer, const Parser& markers) {
    ParseOptions options;
    options.encoding = "UTF-8";
    const auto parsed = markers.parse(layer.bytes, options);
    const auto add = [&](std::size_t offset) {
        result_.residues.push_back({call_places(layer, {offset}).front(), locate(layer, offset)});
    };
    if (const auto* document = std::get_if<Document>(&parsed)) {
        if (document->segments.size() > 1) add(document->segments.front().exact.end());
        return;
    }
    const auto& kept = std::get<Diagnostics>(parsed).kept;
    const auto is_marker = [](const Diagnostic& diagnostic) {
        return diagnostic.rule == Rule::unclosed_section ||
               diagnostic.rule == Rule::unopened_section ||
               diagnostic.rule == Rule::nested_section || diagnostic.rule == Rule::malformed_marker;
    };
    const auto first = std::ranges::find_if(kept, is_marker);
    if (first != kept.end()) add(first->span.offset);
}

/// A picture's bytes are read once more as they are; what its metadata show is told.
void Explorer::Exploration::drop_bytes_of_pictures() {
    const auto is_picture = [](std::string_view name) {
        return std::ranges::any_of(std::array{"png", "jpeg", "gif", "webp"},
                                   [&](const char* format) { return name.ends_with(format); });
    };
    std::erase_if(leaks_, [&](const auto& bytes) {
        const std::string& name = bytes.first.first;
        const auto is_of_metadata = [&](const auto& other) {
            return other.first.second == bytes.first.second &&
                   other.first.first.starts_with(name + " > ");
        };
        return is_picture(name) && std::ranges::any_of(leaks_, is_of_metadata);
    });
}

/// Text with references resolved is read once more as markup: where both readings show the same,
/// the one that shows more is told.
void Explorer::Exploration::drop_second_readings() {
    constexpr std::string_view second = " > html";
    const auto length = [](const Leak& leak) {
        std::size_t sum = 0;
        for (const Span run : leak.paid) sum += run.length;
        return sum;
    };
    const auto is_page = [](const std::string& name) { return name.find(" > ") == name.npos; };
    for (auto at = leaks_.begin(); at != leaks_.end();) {
        const auto& [name, segment] = at->first;
        const auto first = name.ends_with(second)
                               ? leaks_.find({name.substr(0, name.size() - second.size()), segment})
                               : leaks_.end();
        if (first == leaks_.end()) {
            ++at;
        } else if (length(first->second) > length(at->second) ||
                   (length(first->second) == length(at->second) && is_page(first->first.first))) {
            at = leaks_.erase(at);
        } else {
            leaks_.erase(first);
            ++at;
        }
    }
}

Explored Explorer::Exploration::take() {
    drop_bytes_of_pictures();
    drop_second_readings();
    for (auto& [key, leak] : leaks_) result_.leaks.push_back(std::move(leak));
    std::ranges::stable_sort(result_.leaks, {}, [](const Leak& leak) {
        return std::pair(leak.location.line, leak.location.column);
    });
    return std::move(result_);
}

Explorer::Explorer(const Index& index, std::vector<Parser> markers, const Limits& limits)
    : index_(index),
      markers_(std::move(markers)),
      limits_(limits),
      texts_(std::make_unique<Texts>()),
      clean_parts_(std::make_unique<CleanParts>()) {}

Explorer::~Explorer() = default;

Explored Explorer::explore(const Bytes& bytes, std::string_view name) {
    Exploration exploration(*this);
    exploration.read_file(bytes, name);
    return exploration.take();
}

Explored Explorer::explore(std::string_view bytes, std::string_view name) {
    return explore(in_memory(bytes), name);
}

}  // namespace paywall::audit

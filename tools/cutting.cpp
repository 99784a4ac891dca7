#include "tools/cutting.hpp"

#include <tbb/parallel_invoke.h>
#include <algorithm>

#include "tools/text.hpp"

namespace paywall::tools {
namespace {

/// … unless --content says what it is.
constexpr std::size_t largest_markup = std::size_t{16} << 20;

constexpr std::size_t worth_two_threads = std::size_t{1} << 20;

/// Puts an error that rendering found among the warnings, at its place.
void add_error(Diagnostics& diagnostics, Diagnostic error, std::size_t most) {
    ++diagnostics.errors;
    auto& kept = diagnostics.kept;
    if (kept.size() >= most && !kept.empty()) kept.pop_back();  // errors go before warnings
    const auto after = [](const Diagnostic& one, const Diagnostic& other) {
        return one.span.offset < other.span.offset;
    };
    if (most > 0)
        kept.insert(std::upper_bound(kept.begin(), kept.end(), error, after), std::move(error));
}

std::optional<Diagnostic> fault_of(const std::variant<Edition, Diagnostic>& edition) {
    const auto* fault = std::get_if<Diagnostic>(&edition);
    return fault == nullptr ? std::nullopt : std::optional(*fault);
}

/// Why an edition cannot be made that is neither of the two at hand.
std::optional<Diagnostic> find_other_fault(const Document& document, const Settings& settings,
                                           const RenderOptions& options) {
    std::vector<Reader> done{settings.preview_reader, settings.full_reader};
    for (const auto& reader : settings.readers) {
        const auto is_it = [&](const Reader& other) {
            return reads_alike(document, reader, other);
        };
        if (std::ranges::any_of(done, is_it)) continue;
        if (auto fault = fault_of(render(document, reader, options))) return fault;
        done.push_back(reader);
    }
    return std::nullopt;
}

/// The source in another dialect, as its full edition.
Cutting convert(const Settings& settings, std::string_view bytes, std::string_view name) {
    Cutting cutting;
    auto result =
        settings.converter->convert(settings.parser, bytes, parse_options(settings, name));
    if (auto* faults = std::get_if<Diagnostics>(&result)) {
        cutting.diagnostics = std::move(*faults);
        return cutting;
    }
    auto& conversion = std::get<Conversion>(result);
    cutting.diagnostics = std::move(conversion.warnings);
    cutting.document = std::move(conversion.document);
    cutting.full.emplace().append_owned(std::move(conversion.bytes));
    return cutting;
}

}  // namespace

ParseOptions parse_options(const Settings& settings, std::string_view name) {
    ParseOptions options = settings.parse;
    options.content = settings.content ? *settings.content : content_of(name);
    if (!settings.content) options.largest_markup = largest_markup;
    if (!settings.literal.empty() && matches_any(settings.literal, name))
        options.markers = Markers::literal;
    return options;
}

std::variant<Document, Diagnostics> parse_source(const Settings& all_settings,
                                                 std::string_view bytes, std::string_view name) {
    const Settings& settings = all_settings.of(name);
    return settings.parser.parse(bytes, parse_options(settings, name));
}

Shares shares_of(const Document& document, Cut cut) {
    Shares shares{.segments = document.segments.size()};
    for (const auto& segment : document.segments) {
        const auto size = (cut == Cut::exact ? segment.exact : segment.content).length;
        (segment.access == Access::free ? shares.free_bytes : shares.paid_bytes) += size;
    }
    return shares;
}

Cutting cut(const Settings& all_settings, std::string_view bytes, std::string_view name) {
    const Settings& settings = all_settings.of(name);
    if (settings.converter) return convert(settings, bytes, name);
    Cutting cutting;
    auto parsed = settings.parser.parse(bytes, parse_options(settings, name));
    if (auto* faults = std::get_if<Diagnostics>(&parsed)) {
        cutting.diagnostics = std::move(*faults);
        return cutting;
    }
    auto& document = std::get<Document>(parsed);
    cutting.diagnostics = document.warnings;
    RenderOptions options{
        .cut = settings.cut,
        .placeholder = settings.placeholder ? &*settings.placeholder : nullptr,
        .inline_placeholder = settings.inline_placeholder ? &*settings.inline_placeholder : nullptr,
        .keep_attributes = settings.keep_attributes,
        .structured_data = settings.structured_data,
        .name = name};
    const std::string valid = settings.placeholder ? to_valid_utf8(name) : std::string();
    if (settings.placeholder) options.name = valid;
    std::variant<Edition, Diagnostic> preview;
    std::variant<Edition, Diagnostic> full;
    const auto make_preview = [&] { preview = render(document, settings.preview_reader, options); };
    const auto make_full = [&] { full = render(document, settings.full_reader, options); };
    if (bytes.size() >= worth_two_threads) {
        tbb::parallel_invoke(make_preview, make_full);
    } else {
        make_preview();
        make_full();
    }
    auto fault = fault_of(preview);
    if (!fault) fault = fault_of(full);
    if (!fault) fault = find_other_fault(document, settings, options);
    if (fault) {
        add_error(cutting.diagnostics, std::move(*fault), settings.parse.max_diagnostics);
        return cutting;
    }
    cutting.preview = std::get<Edition>(std::move(preview));
    cutting.full = std::get<Edition>(std::move(full));
    cutting.document = std::move(document);
    return cutting;
}

}  // namespace paywall::tools

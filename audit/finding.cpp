#include "audit/finding.hpp"

#include <algorithm>

#include "parser/quote.hpp"

namespace paywall::audit {
namespace {

std::string place(std::string_view path, Location location) {
    return escape(path) + ":" + std::to_string(location.line) + ":" +
           std::to_string(location.column);
}

std::string counted_characters(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " character" : " characters");
}

/// What part of the segment is out; never less than one in a hundred, all only when it is all.
std::string share(const Finding& finding) {
    const std::size_t whole = std::max(finding.of, finding.characters);
    const std::size_t percent = finding.characters * 100 / whole;
    return std::to_string(std::max<std::size_t>(percent, 1)) + " % of the paid segment";
}

std::string_view bold(Colour colour) {
    return colour == Colour::yes ? "\x1b[1m" : "";
}
std::string_view red(Colour colour) {
    return colour == Colour::yes ? "\x1b[1;31m" : "";
}
std::string_view plain(Colour colour) {
    return colour == Colour::yes ? "\x1b[0m" : "";
}

}  // namespace

std::string_view finding_name(FindingRule rule) {
    switch (rule) {
        case FindingRule::paid_text:
            return "paid-text";
        case FindingRule::paid_elsewhere_free:
            return "paid-elsewhere-free";
        case FindingRule::paid_asset:
            return "paid-asset";
        case FindingRule::marker_residue:
            return "marker-residue";
        case FindingRule::source_not_audited:
            return "source-not-audited";
        case FindingRule::search_limit:
            return "search-limit";
        case FindingRule::gate_removed:
            return "gate-removed";
        case FindingRule::section_removed:
            return "section-removed";
        case FindingRule::paid_share_fell:
            break;
    }
    return "paid-share-fell";
}

const std::vector<FindingRule>& all_finding_rules() {
    static const std::vector<FindingRule> rules = {
        FindingRule::paid_text,          FindingRule::paid_elsewhere_free,
        FindingRule::paid_asset,         FindingRule::marker_residue,
        FindingRule::source_not_audited, FindingRule::search_limit,
        FindingRule::gate_removed,       FindingRule::section_removed,
        FindingRule::paid_share_fell};
    return rules;
}

std::string message(const Finding& finding) {
    const std::string source = place(finding.source, finding.source_location);
    switch (finding.rule) {
        case FindingRule::paid_text:
            return counted_characters(finding.characters) + " of " + source + " are published";
        case FindingRule::paid_elsewhere_free:
            return counted_characters(finding.characters) + " of " + source + " are free text here";
        case FindingRule::paid_asset:
            return "a file that only paid parts of " + escape(finding.source) + " use is published";
        case FindingRule::marker_residue:
            return "a marker, or what looks like one, is published";
        case FindingRule::source_not_audited:
            return "the source is refused, so its paid text cannot be searched for";
        case FindingRule::search_limit:
            return "the file was not searched to its end";
        case FindingRule::gate_removed:
            return "the document had paid text in the baseline and has none now";
        case FindingRule::section_removed:
            return "the document has fewer paid sections than in the baseline";
        case FindingRule::paid_share_fell:
            break;
    }
    return "the paid share of the document fell by more than is allowed";
}

std::string help(const Finding& finding) {
    switch (finding.rule) {
        case FindingRule::paid_text:
            return "make this file from the preview editions";
        case FindingRule::paid_elsewhere_free:
            return "gate this copy too, or accept the finding in the --known file";
        case FindingRule::paid_asset:
            return "publish it with the full editions only";
        case FindingRule::marker_residue:
            return "make this file from the preview editions, not from sources";
        case FindingRule::source_not_audited:
            return "correct what paywall check says of it";
        case FindingRule::search_limit:
            return "unpack it and audit what it holds";
        case FindingRule::gate_removed:
        case FindingRule::section_removed:
        case FindingRule::paid_share_fell:
            break;
    }
    return "restore the markers, or write a new baseline if it is meant";
}

std::string format(const Finding& finding, const std::vector<std::string>& others, std::size_t more,
                   const FormatOptions& options) {
    const auto colour = options.colour;
    std::string text;
    text.append(bold(colour)).append(place(finding.path, finding.location)).append(": ");
    text.append(red(colour)).append("error: ").append(plain(colour)).append(bold(colour));
    text.append(message(finding)).append(plain(colour));
    text.append(" [").append(finding_name(finding.rule)).append("]\n");
    const auto add = [&](std::string_view name, std::string_view value) {
        text.append("   = ").append(name).append(": ").append(value).append("\n");
    };
    if (!finding.layer.empty()) add("layer", escape(finding.layer));
    if (finding.rule == FindingRule::paid_text) {
        const bool quotes = options.redact == Redact::no && !finding.locator.empty();
        add("share", share(finding) + (quotes ? ", from " + escape(finding.locator) + "…" : ""));
    }
    if (!others.empty()) {
        std::string list;
        for (const auto& other : others)
            list.append(list.empty() ? "" : ", ").append(escape(other));
        if (more > 0) list += " and " + std::to_string(more) + (more == 1 ? " more" : " more");
        add("also in", list);
    }
    add("help", help(finding));
    return text;
}

}  // namespace paywall::audit

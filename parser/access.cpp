#include "parser/access.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace paywall {
namespace {

using Names = std::set<std::string>;

Names in_both(const Names& one, const Names& other) {
    Names names;
    std::ranges::set_intersection(one, other, std::inserter(names, names.end()));
    return names;
}

Names in_either(Names one, const Names& other) {
    one.insert(other.begin(), other.end());
    return one;
}

Names minus(const Names& one, const Names& other) {
    Names names;
    std::ranges::set_difference(one, other, std::inserter(names, names.end()));
    return names;
}

Plans both(const Plans& one, const Plans& other) {
    using enum Plans::Kind;
    if (one.kind == any) return other;
    if (other.kind == any) return one;
    if (one.kind == of && other.kind == of) return {of, in_both(one.names, other.names)};
    if (one.kind == of) return {of, minus(one.names, other.names)};
    if (other.kind == of) return {of, minus(other.names, one.names)};
    return {without, in_either(one.names, other.names)};
}

Plans either(const Plans& one, const Plans& other) {
    using enum Plans::Kind;
    if (one.kind == any || other.kind == any) return {};
    if (one.kind == of && other.kind == of) return {of, in_either(one.names, other.names)};
    if (one.kind == of) return {without, minus(other.names, one.names)};
    if (other.kind == of) return {without, minus(one.names, other.names)};
    return {without, in_both(one.names, other.names)};
}

std::string joined(const Names& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string describe_payers(const Plans& plans) {
    if (plans.kind == Plans::Kind::any) return "payers";
    if (plans.kind == Plans::Kind::without) return "payers without " + joined(plans.names);
    if (plans.names.empty()) return "payers of everything";
    return "payers of " + joined(plans.names);
}

constexpr std::uint8_t bit(Reader::Kind kind) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

}  // namespace

Audience both(const Audience& one, const Audience& other) {
    return {one.anonymous && other.anonymous, one.members && other.members,
            one.payers && other.payers, both(one.plans, other.plans)};
}

Audience either(const Audience& one, const Audience& other) {
    Audience result{one.anonymous || other.anonymous, one.members || other.members,
                    one.payers || other.payers, either(one.plans, other.plans)};
    if (!one.payers) result.plans = other.plans;
    if (!other.payers) result.plans = one.plans;
    return result;
}

Audience inverse(const Audience& audience) {
    Audience result{!audience.anonymous, !audience.members, false, {}};
    if (!audience.payers) result.payers = true;
    if (audience.payers && audience.plans.kind == Plans::Kind::without) {
        result.payers = true;
        result.plans = {Plans::Kind::of, audience.plans.names};
    } else if (audience.payers && !audience.plans.names.empty()) {
        result.payers = true;
        result.plans = {Plans::Kind::without, audience.plans.names};
    }
    return result;
}

Audience plain(Audience audience) {
    if (!audience.payers) audience.plans = {};
    return audience;
}

std::string describe(const Audience& audience) {
    if (audience == Audience::everyone()) return "everyone";
    std::string text;
    const auto add = [&](const std::string& readers) {
        text += (text.empty() ? "" : ", ") + readers;
    };
    if (audience.anonymous) add("anonymous");
    if (audience.members) add("members");
    if (audience.payers) add(describe_payers(audience.plans));
    return text.empty() ? "nobody" : text;
}

Access Accesses::add(const Audience& audience) {
    Access access;
    const auto set = [&](bool may, Reader::Kind kind) {
        if (may) access.readers = static_cast<std::uint8_t>(access.readers | bit(kind));
    };
    set(audience.anonymous, Reader::Kind::anonymous);
    set(audience.members, Reader::Kind::member);
    set(audience.payers, Reader::Kind::payer);
    if (!audience.payers || audience.plans == Plans{}) return access;
    constexpr std::size_t most = 1000;  // no article has so many; each is compared with all
    if (plans_.empty()) plans_.push_back({Plans::Kind::of, {}});
    const auto known = std::ranges::find(plans_, audience.plans);
    const auto index = static_cast<std::size_t>(known - plans_.begin());
    if (index == most) return {bit(Reader::Kind::payer), 1};
    if (known == plans_.end()) plans_.push_back(audience.plans);
    access.plans = static_cast<std::uint16_t>(index + 1);
    return access;
}

Audience Accesses::audience(Access access) const {
    const auto may = [&](Reader::Kind kind) { return (access.readers & bit(kind)) != 0; };
    return {may(Reader::Kind::anonymous), may(Reader::Kind::member), may(Reader::Kind::payer),
            access.plans == 0 ? Plans{} : plans_[access.plans - 1U]};
}

bool Accesses::admits(Access access, const Reader& reader) const {
    if ((access.readers & bit(reader.kind)) == 0) return false;
    if (reader.kind != Reader::Kind::payer || access.plans == 0) return true;
    const auto& plans = plans_[access.plans - 1U];
    const bool has_all = reader.plan.empty();
    if (plans.kind == Plans::Kind::of) return has_all || plans.names.contains(reader.plan);
    return !has_all && !plans.names.contains(reader.plan);
}

}  // namespace paywall

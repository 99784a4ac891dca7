#include "tools/paid_assets.hpp"

#include <algorithm>
#include <exception>

#include "tools/file/path.hpp"
#include "tools/file/reading.hpp"

namespace paywall::tools {
namespace {

bool ends_with_path(std::string_view path, std::string_view end) {
    return path.ends_with(end) &&
           (path.size() == end.size() || path[path.size() - end.size() - 1] == '/');
}

}  // namespace

void PaidAssets::settle() {
    std::erase_if(assets_, [this](const PaidAsset& asset) { return free_.contains(asset.path); });
    for (const auto& asset : assets_) paid_.insert(asset.path);
}

bool PaidAssets::withholds(std::string_view path) const {
    return !free_.contains(std::string(path)) && (!is_sure_ || is_paid(path));
}

std::string_view PaidAssets::unknown(std::string_view path) const {
    const bool is_known = free_.contains(std::string(path)) || is_paid(path);
    return is_known ? std::string_view() : missed_;
}

bool PaidAssets::is_paid(std::string_view path) const {
    for (std::size_t begin = 0; begin < path.size();) {
        if (paid_.contains(path.substr(begin))) return true;
        begin = path.find('/', begin);
        begin = begin == path.npos ? path.size() : begin + 1;
    }
    return false;
}

std::string PaidAssets::identity() const {
    std::string text;
    for (const auto& asset : assets_) {
        const Digest digest = asset.digest.value_or(Digest{});
        text.append(asset.path).append("\n").append(std::to_string(digest.high));
        text.append(" ").append(std::to_string(digest.low)).append("\n");
    }
    for (const auto& path : free_) text.append(path).append("\n");
    return text;
}

bool PaidAssets::is_free(std::string_view published) const {
    for (std::size_t begin = 0; begin < published.size();) {
        if (free_.contains(std::string(published.substr(begin)))) return true;
        begin = published.find('/', begin);
        begin = begin == published.npos ? published.size() : begin + 1;
    }
    return false;
}

const PaidAsset* PaidAssets::find(std::string_view published, const audit::Bytes& bytes) const {
    if (assets_.empty()) return nullptr;
    const Digest digest = digest_of(audit::stream_of(bytes));
    const auto is_it = [&](const PaidAsset& asset) {
        return asset.digest == digest || ends_with_path(published, asset.path);
    };
    const auto found = std::ranges::find_if(assets_, is_it);
    return found == assets_.end() || is_free(published) ? nullptr : &*found;
}

std::optional<Digest> digest_of_asset(std::string_view root, const std::string& path) {
    const std::string place = join(root, path);
    const auto found = find_path(place);
    if (!found || found->kind != EntryKind::file) return std::nullopt;
    try {
        Buffer buffer;
        return digest_of(read_named(place, buffer).bytes);
    } catch (const std::exception&) {
        return std::nullopt;  // its path is compared all the same
    }
}

}  // namespace paywall::tools

#include "tools/asset_use.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <system_error>
#include <vector>

#include "audit/asset_links.hpp"
#include "tools/account.hpp"
#include "tools/cutting.hpp"
#include "tools/file/signals.hpp"
#include "tools/in_order.hpp"
#include "tools/source_reader.hpp"

namespace paywall::tools {
namespace {

/// The files that one source uses, by their paths below the sources.
struct AssetUse {
    std::vector<std::string> free = {};
    std::vector<std::string> all = {};
    bool is_known = true;
    std::string failure = {};  ///< why it could not be read
};

/// Reads what sources use. One for every worker.
class UseReader {
public:
    UseReader(const Options& options, const Settings& settings, const Sources& sources)
        : options_(options), settings_(settings), sources_(sources), reader_(sources) {}

    AssetUse operator()(const SourceFile& file) {
        try {
            return read(file);
        } catch (const std::system_error& error) {  // names the path
            return {.is_known = false, .failure = error.what()};
        } catch (const std::exception& error) {
            return {.is_known = false, .failure = sources_.shown(file) + ": " + error.what()};
        }
    }

private:
    AssetUse read(const SourceFile& file) {
        const auto bytes = reader_.read(file);
        const std::string relative = sources_.relative(file);
        const Cutting cutting = cut(settings_, bytes, relative);
        const auto paths = [&](std::string_view text) {
            auto links = audit::asset_links(text);
            for (auto& link : links) link = audit::asset_path(relative, link);
            return links;
        };
        if (!cutting.refused()) {
            const auto& free = options_.preview_directory ? cutting.preview : cutting.full;
            return {paths(text_of(*cutting.document, *free)), paths(cutting.document->text.utf8())};
        }
        const auto decoded = decode(bytes, settings_.of(relative).parse.encoding);
        const auto* text = std::get_if<Text>(&decoded);
        if (text == nullptr) return {.is_known = false};
        return {{}, paths(text->utf8())};
    }

    const Options& options_;
    const Settings& settings_;
    const Sources& sources_;
    SourceReader reader_;
};

PaidAssets read_all(const Options& options, const Settings& settings, const Sources& sources) {
    PaidAssets assets;
    std::size_t next = 0;
    std::atomic<bool> is_sure = true;
    const auto take = [&]() -> std::optional<SourceFile> {
        const auto& files = sources.files;
        while (next < files.size() && files[next].role == FileRole::asset) ++next;
        if (next == files.size()) return std::nullopt;
        if (StopSignals::asked()) {
            is_sure = false;
            return std::nullopt;
        }
        return files[next++];
    };
    const auto add = [&](AssetUse& use) {
        if (!use.failure.empty()) assets.miss(std::move(use.failure));
        if (!use.is_known) is_sure = false;
        for (auto& path : use.all) assets.add_paid({std::move(path), {}, {}, {}});
        for (auto& path : use.free) assets.add_free(std::move(path));
    };
    run_in_order<SourceFile, AssetUse, UseReader>(
        options.jobs, take, [&] { return std::make_unique<UseReader>(options, settings, sources); },
        add);
    assets.settle();
    if (!is_sure) assets.doubt();
    return assets;
}

}  // namespace

bool needs_asset_use(const Options& options, const Sources& sources) {
    const bool withholds = (options.preview_directory && options.withholds(EditionKind::preview)) ||
                           (options.full_directory && options.withholds(EditionKind::full));
    return withholds && std::ranges::any_of(sources.files, [](const SourceFile& file) {
               return file.role == FileRole::asset;
           });
}

PaidAssets read_asset_use(const Options& options, const Settings& settings,
                          const Sources& sources) {
    if (options.shard.count == 1) return read_all(options, settings, sources);
    if (options.files_from == "-") {  // that cannot be read again
        PaidAssets assets = read_all(options, settings, sources);
        assets.doubt();
        return assets;
    }
    Options all = options;
    all.shard = {};
    return read_all(options, settings, find_sources(all));
}

}  // namespace paywall::tools

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/file/directory.hpp"

namespace paywall::tools {

/// A directory that appears under its name with all that was put into it. Until publish() it has a
/// temporary name beside that, of which the next run clears what a killed one left; a file in it
/// needs none of its own. The destructor removes what is left under the temporary one.
class FreshDirectory {
public:
    /// None where something has the temporary name, which no other writer of this run may use at
    /// the same time. `parent` must outlive it.
    [[nodiscard]] static std::optional<FreshDirectory> make(const Directory& parent,
                                                            std::string name,
                                                            const std::string& temporary);
    FreshDirectory(FreshDirectory&& other) noexcept;
    FreshDirectory& operator=(FreshDirectory&&) = delete;
    ~FreshDirectory();

    [[nodiscard]] const Directory& directory() const { return directory_; }
    /// Takes its name. Where it cannot, the files go over to a directory of that name one by one,
    /// each in the place of a regular file of its name; anything else of such a name is an error
    /// and stays.
    void publish();

private:
    FreshDirectory(const Directory& parent, std::string name, std::string temporary,
                   Directory directory)
        : parent_(&parent),
          name_(std::move(name)),
          temporary_(std::move(temporary)),
          directory_(std::move(directory)) {}

    void move_files();

    const Directory* parent_;  // none: nothing has the temporary name
    std::string name_;
    std::string temporary_;
    Directory directory_;
};

}  // namespace paywall::tools

#include "tools/file/cursor.hpp"

#include <algorithm>

namespace paywall::tools {

const Directory* Cursor::enter(std::string_view relative, Missing missing) {
    if (relative == relative_) return &current();
    const bool below = !relative_.empty() && relative.size() > relative_.size() &&
                       relative.substr(0, relative_.size()) == relative_ &&
                       relative[relative_.size()] == '/';
    if (!below) {
        current_.reset();
        relative_.clear();
    }
    while (relative_.size() < relative.size()) {
        const std::size_t start = relative_.empty() ? 0 : relative_.size() + 1;
        const std::size_t end = std::min(relative.find('/', start), relative.size());
        if (!step(std::string(relative.substr(start, end - start)), missing)) return nullptr;
        relative_ = relative.substr(0, end);
    }
    return &current();
}

bool Cursor::step(const std::string& name, Missing missing) {
    switch (missing) {
        case Missing::fail:
            current_ = current().child(name);
            return true;
        case Missing::create:
            current_ = current().make_child(name);
            return true;
        case Missing::accept:
            break;
    }
    auto found = current().find_child(name);
    if (!found) return false;
    current_ = std::move(found);
    return true;
}

}  // namespace paywall::tools

#include "tools/source_reader.hpp"

namespace paywall::tools {

std::string_view SourceReader::read(const SourceFile& file) {
    const SourceDirectory& directory = sources_.directories[file.directory];
    if (directory.root == SourceDirectory::named) {
        named_ = Directory::open(directory.shown.empty() ? "." : directory.shown);
        return read_file(*named_, file.name, Links::follow, buffer_).bytes;
    }
    const Directory& root = sources_.roots[directory.root];
    if (!cursor_ || &cursor_->root() != &root) cursor_.emplace(root);
    const Directory& parent = *cursor_->enter(directory.relative, Missing::fail);
    return read_file(parent, file.name, Links::refuse, buffer_).bytes;
}

}  // namespace paywall::tools

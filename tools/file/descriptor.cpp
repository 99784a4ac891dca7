#include "tools/file/descriptor.hpp"

#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace paywall::tools {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        static_cast<void>(close());
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

Descriptor::~Descriptor() {
    const int error = errno;  // a caller that unwinds may still want it
    static_cast<void>(close());
    errno = error;
}

bool Descriptor::close() {
    if (number_ < 0) return true;
    // Never tried again: on Linux the descriptor is gone whatever close() says.
    return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR;
}

void fail(int error, std::string_view path, std::string_view what) {
    throw std::system_error(error, std::generic_category(),
                            std::string(path).append(": ").append(what));
}

}  // namespace paywall::tools

#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace paywall::tools {

/// Owns one file descriptor. Movable; the destructor closes it and cannot tell of a failure:
/// whoever wrote to it calls close() first.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    /// Somebody else closes it from now on.
    int release() { return std::exchange(number_, -1); }
    /// Closes it; false with errno set where the system says that writing failed.
    [[nodiscard]] bool close();

private:
    int number_ = -1;
};

/// Throws the std::system_error of `error` (an errno): `PATH: WHAT: strerror`.
[[noreturn]] void fail(int error, std::string_view path, std::string_view what);

}  // namespace paywall::tools

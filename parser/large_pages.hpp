#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace paywall {

/// Memory of so many bytes, or std::bad_alloc. Much of it is asked for in large pages, where the
/// system has them: to take a small page for the first time costs more than to write it full. To
/// be given back by free_large_pages().
[[nodiscard]] void* allocate_in_large_pages(std::size_t bytes);
void free_large_pages(void* memory) noexcept;

/// The standard's allocator with that memory.
template <typename T>
struct LargePages {
    using value_type = T;

    LargePages() = default;
    template <typename Other>
    LargePages(const LargePages<Other>&) {}  // NOLINT(google-explicit-constructor): as all have

    [[nodiscard]] T* allocate(std::size_t count) {
        if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
        return static_cast<T*>(allocate_in_large_pages(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t) noexcept { free_large_pages(memory); }

    friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

/// For what grows with a text, one element for a few bytes of it.
template <typename T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace paywall

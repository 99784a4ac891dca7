#include "parser/large_pages.hpp"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include <cstdlib>

namespace paywall {
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20U;

}  // namespace

void* allocate_in_large_pages(std::size_t bytes) {
    const bool is_large = bytes >= 2 * large_page;
    if (is_large) bytes = (bytes + large_page - 1) / large_page * large_page;
    void* memory = is_large ? std::aligned_alloc(large_page, bytes) : std::malloc(bytes);
    if (memory == nullptr) throw std::bad_alloc();
#ifdef __linux__
    if (is_large) ::madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: whether it works or not
#endif
    return memory;
}

void free_large_pages(void* memory) noexcept {
    std::free(memory);
}

}  // namespace paywall

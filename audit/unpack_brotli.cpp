#include <brotli/decode.h>

#include <array>
#include <memory>
#include <new>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

struct Closer {
    void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

}  // namespace

Unpacked unpack_brotli(std::string_view bytes, const Limits& limits, std::size_t& left,
                       const MemberSink& sink) {
    const std::unique_ptr<BrotliDecoderState, Closer> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state) throw std::bad_alloc();
    const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t in_size = bytes.size();
    std::array<std::uint8_t, std::size_t{64} << 10> chunk;
    std::string member;
    auto result = Unpacked::whole;
    while (true) {
        std::uint8_t* out = chunk.data();
        std::size_t room = chunk.size();
        const auto status =
            BrotliDecoderDecompressStream(state.get(), &in_size, &in, &room, &out, nullptr);
        const std::size_t size = chunk.size() - room;
        if (size > left || member.size() + size > limits.member_bytes) {
            result = Unpacked::limit;
            break;
        }
        left -= size;
        member.append(reinterpret_cast<const char*>(chunk.data()), size);
        if (status == BROTLI_DECODER_RESULT_SUCCESS) break;
        if (status != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
            result = Unpacked::damaged;
            break;
        }
    }
    if (!member.empty() && !sink("", member)) return Unpacked::limit;
    return result;
}

}  // namespace paywall::audit

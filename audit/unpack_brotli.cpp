#include <brotli/decode.h>

#include <memory>
#include <new>

#include "audit/unpack.hpp"

namespace paywall::audit {
namespace {

struct Closer {
    void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

}  // namespace

Unpacked unpack_brotli(const Bytes& bytes, const Limits&, std::size_t& left,
                       const MemberSink& sink) {
    const std::unique_ptr<BrotliDecoderState, Closer> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state) throw std::bad_alloc();
    const Stream packed = stream_of(bytes);
    std::string_view in = packed();
    std::string chunk(std::size_t{64} << 10, '\0');
    auto result = Unpacked::whole;
    bool ended = false;
    const auto next = [&]() -> std::string_view {
        while (!ended) {
            const auto* from = reinterpret_cast<const std::uint8_t*>(in.data());
            std::size_t in_size = in.size();
            auto* out = reinterpret_cast<std::uint8_t*>(chunk.data());
            std::size_t room = chunk.size();
            const auto status =
                BrotliDecoderDecompressStream(state.get(), &in_size, &from, &room, &out, nullptr);
            in.remove_prefix(in.size() - in_size);
            if (status == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) in = packed();
            ended = status == BROTLI_DECODER_RESULT_SUCCESS ||
                    status == BROTLI_DECODER_RESULT_ERROR ||
                    (status == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && in.empty());
            if (ended && status != BROTLI_DECODER_RESULT_SUCCESS) result = Unpacked::damaged;
            const std::size_t size = chunk.size() - room;
            if (size > left) {
                ended = true;
                result = Unpacked::limit;
                return {};
            }
            left -= size;
            if (size > 0) return std::string_view(chunk).substr(0, size);
        }
        return {};
    };
    sink("", next);
    return result;
}

}  // namespace paywall::audit

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/html/tag_reader.hpp"

namespace paywall::markdown {

/// The raw HTML of a Markdown document, piece by piece, as a browser reads it in the page that is
/// made of the document: what one piece leaves open (an element, a comment, a script, a tag) goes
/// on through the text behind it and into the next piece.
class RawHtml {
public:
    struct Part {
        enum class Kind : std::uint8_t {
            text,  ///< also of comments and scripts: each byte stands for itself
            tag    ///< counts as a whole
        };
        Kind kind;
        std::string_view text;
        std::uint64_t context;  ///< that it stands in
        int tags = 0;           ///< elements that it opens, less those that it closes
    };
    using Sink = std::function<void(const Part&)>;

    void read(std::string_view piece, const Sink& sink);

    /// What is open now: the same for the same; 0 if nothing is.
    [[nodiscard]] std::uint64_t context() const;

    /// Has the last piece ended in the midst of something?
    [[nodiscard]] bool is_unfinished() const { return !unfinished_.empty(); }
    /// Has a piece ended in a quoted value? Where that ends cannot be told: anything that follows
    /// may count.
    [[nodiscard]] bool is_lost() const { return is_lost_; }
    /// Something else stands between the last piece and the next.
    void pass(std::uint64_t value);
    /// … a tag, which ends what goes on to the next `>`.
    void pass_tag();

private:
    struct Open {
        std::uint64_t name;
        std::uint64_t context;  ///< within it
        bool is_foreign;        ///< <svg> or <math>
    };

    void put(const html::Token& token, std::string_view text, std::string_view shown,
             const Sink& sink);
    int open(const html::Token& token, std::string_view tag, std::uint64_t name);
    int close(std::uint64_t name);
    [[nodiscard]] html::ReadingContext context_behind(const html::Token& token) const;
    [[nodiscard]] std::uint64_t within() const;
    [[nodiscard]] std::uint64_t elements() const {
        return open_.empty() ? 0 : open_.back().context;
    }

    std::vector<Open> open_;   // elements, the outermost first
    std::size_t foreign_ = 0;  // of them
    /// What, read before the next piece, brings a tokenizer to where the last piece left it.
    std::string unfinished_;
    bool is_in_tag_ = false;
    bool is_lost_ = false;
    std::uint64_t passed_ = 0;  // since it is lost
};

}  // namespace paywall::markdown

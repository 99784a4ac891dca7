#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "audit/bytes.hpp"
#include "audit/index.hpp"
#include "audit/unpack.hpp"
#include "parser/parse.hpp"

namespace paywall::audit {

/// Paid text in a published file: what of one segment stands in one layer.
struct Leak {
    std::uint32_t segment;
    std::string layer;       ///< `rss > description > html`
    Location location;       ///< where it begins: of the file, or of the packed member
    std::string locator;     ///< its first characters, in normal form
    std::vector<Span> paid;  ///< the runs, of the index's text: ascending and apart
};

/// A marker, or what looks like one, in a published file.
struct Residue {
    std::string layer;
    Location location;
};

/// What the search did not see: of each kind the first place in a file.
struct Gap {
    enum class Kind {
        limit,      ///< a limit was reached: the rest of the file was not searched
        damaged,    ///< a packed file that could not be read to its end
        encrypted,  ///< a locked one
        data,       ///< of no format that is understood: searched as raw bytes
    };
    Kind kind;
    std::string layer;
};

/// What a published file holds.
struct Explored {
    std::vector<Leak> leaks;
    std::vector<Residue> residues;
    std::vector<Gap> gaps;
};

/// Searches files in all the layers in which text can hide, each in the one below: readings of
/// the same bytes (as they are, without markup, with escapes decoded) and what is packed in them.
/// The readings take more for text than a browser would; that finds more, and loses nothing.
/// Keeps its memory from file to file. For one thread.
class Explorer {
public:
    /// Views the index. `markers`: finds residue of their dialects.
    Explorer(const Index& index, std::vector<Parser> markers, const Limits& limits = {});
    ~Explorer();

    /// `name` tells of formats that bytes do not, and is what layers are called by.
    /// A large file is read in parts that overlap, so that memory does not grow with it.
    [[nodiscard]] Explored explore(const Bytes& bytes, std::string_view name);
    [[nodiscard]] Explored explore(std::string_view bytes, std::string_view name);

private:
    class Exploration;
    class Parts;
    class CleanParts;
    struct Texts;

    const Index& index_;
    std::vector<Parser> markers_;
    Limits limits_;
    std::unique_ptr<Texts> texts_;
    std::unique_ptr<CleanParts> clean_parts_;
};

}  // namespace paywall::audit

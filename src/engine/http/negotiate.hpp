#pragma once
// What a client would rather have: lists with qualities, and the choice among what there is of languages,
// media types and encodings (RFC 9110, 12; RFC 4647). Pure functions; the person's own choice of a language
// comes before them and is not known here.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/fields.hpp"

namespace balcao::http {

// One member of a list like "pt-PT, en;q=0.7".
struct Weighted {
    std::string value;    // lower case
    Fields parameters{};  // lower-case names, in order, without q
    int quality = 1000;   // thousandths, 0 to 1000
    friend bool operator==(const Weighted&, const Weighted&) = default;
};

// The members, the best first, equals in the order sent. A member that is not of this shape is left out; at
// most 64 are read.
std::vector<Weighted> parse_quality_list(std::string_view text);

// RFC 4647, 3.4 (lookup): the language of `available` that suits best; nothing when none does. "*" stands for
// the first of `available` that is not excluded by q=0.
std::optional<std::string_view> choose_language(std::string_view accept_language,
                                                std::span<const std::string_view> available);

// RFC 9110, 12.5.1: each type of `available` ("text/html") has the quality of the most specific range that
// matches; the best wins, equals in the order of `available`. An empty header accepts everything.
std::optional<std::string_view> choose_media_type(std::string_view accept,
                                                  std::span<const std::string_view> available);

// RFC 9110, 12.5.3: whether a coding ("gzip") was asked for with a quality above zero, by its name or by "*".
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

}  // namespace balcao::http

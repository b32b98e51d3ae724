#pragma once
// A square code as a picture in the page, for telephones. Internal to `web`.
#include <string_view>

#include "html/html.hpp"

namespace balcao::web {

// Black on white whatever the page's colours are, with its quiet zone; `label` is what it is for who does not
// see it. Nothing where the text fits in no square code.
void write_qr(html::Content& into, std::string_view text, std::string_view label);

}  // namespace balcao::web

#pragma once
// Text made harmless inside markup. The one place of this module where characters turn into references; used
// by its builders only.
#include <string>
#include <string_view>

namespace balcao::html {

// Appends `text` so that it stands for itself between tags and in quoted attributes: & < > " ' become
// references; what is not UTF-8, and control characters that HTML does not allow, become U+FFFD.
void append_escaped(std::string& out, std::string_view text);

// Appends JSON so that it can stand in a script element: no "<", ">" or "&", which JSON has in strings only.
void append_json_for_script(std::string& out, std::string_view json);

}  // namespace balcao::html

#pragma once
// What is built into the program from files that are not C++: the page's script and style. The sources are
// made by cmake/WebAssets.cmake at build time. Used by page.cpp only.
#include <string_view>

namespace balcao::report {

// The built script of the report page; empty where the npm part was not there at build time, and then the
// page has its tables and no plots.
std::string_view page_script();
std::string_view page_style();

}  // namespace balcao::report

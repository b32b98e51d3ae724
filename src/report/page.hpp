#pragma once
// The page as HTML: the same content in three languages, of which one is shown at a time, with the style and
// the script inside. Used by report.cpp only; it knows how a page is built and nothing of simulation.
#include <array>
#include <string>

#include "report/content.hpp"
#include "report/words.hpp"

namespace balcao::report {

struct Page {
    Language first = Language::en;
    std::string file_name;                // the beginning of the names of downloads
    std::array<PageContent, 3> contents;  // in the order of `languages`
};

std::string html_of(const Page& page);

}  // namespace balcao::report

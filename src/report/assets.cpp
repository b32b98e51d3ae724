#include "report/assets.hpp"

#include "report/embedded.hpp"

namespace balcao::report {

std::string_view page_script() { return embedded_report_js(); }

std::string_view page_style() { return embedded_report_css(); }

}  // namespace balcao::report

# Builds the npm part of the report (web/, by esbuild) and turns it into a C++ source of the module `report`. Where node or web/node_modules is not there (scripts/setup brings both), the page
# has its tables and its style, and no plots.
include_guard()

set(web ${PROJECT_SOURCE_DIR}/web)
set(web_dist ${PROJECT_BINARY_DIR}/web)
find_program(BALCAO_NODE NAMES node nodejs)
file(GLOB web_sources CONFIGURE_DEPENDS ${web}/src/*.ts ${web}/src/*.css)

if(BALCAO_NODE AND EXISTS ${web}/node_modules/esbuild)
  add_custom_command(
    OUTPUT ${web_dist}/report.js ${web_dist}/report.css
    COMMAND ${BALCAO_NODE} ${web}/build.mjs ${web_dist}
    DEPENDS ${web_sources} ${web}/build.mjs ${web}/package-lock.json
    COMMENT "Building the page's script and style"
    VERBATIM)
else()
  message(WARNING "web/node_modules is not there (npm ci --prefix web): reports will have tables and no plots")
  set(style "")
  foreach(part tokens page groups print)
    file(READ ${web}/src/${part}.css text)
    string(APPEND style "${text}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${web}/src/${part}.css)
  endforeach()
  file(CONFIGURE OUTPUT ${web_dist}/report.css CONTENT "${style}" @ONLY)
  file(CONFIGURE OUTPUT ${web_dist}/report.js CONTENT "")
endif()

set(embedded_files ${web_dist}/report.js ${web_dist}/report.css)
set(embedded_dir ${PROJECT_BINARY_DIR}/embedded/report)
add_custom_command(
  OUTPUT ${embedded_dir}/embedded.cpp ${embedded_dir}/embedded.hpp
  COMMAND ${CMAKE_COMMAND} -E make_directory ${embedded_dir}
  COMMAND ${CMAKE_COMMAND} -DHEADER=${embedded_dir}/embedded.hpp -DSOURCE=${embedded_dir}/embedded.cpp
    -DNAMESPACE=balcao::report "-DFILES=${embedded_files}" -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
  DEPENDS ${embedded_files} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
  VERBATIM)
target_sources(balcao_report PRIVATE ${embedded_dir}/embedded.cpp ${embedded_dir}/embedded.hpp)
target_include_directories(balcao_report PRIVATE ${PROJECT_BINARY_DIR}/embedded)

# What a linter needs before anything is compiled.
add_custom_target(balcao_generated DEPENDS ${embedded_dir}/embedded.hpp)

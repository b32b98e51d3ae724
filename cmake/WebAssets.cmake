# Builds the npm part of the pages (web/, by esbuild) and turns it into C++ sources of the modules `report` and `web`.
# Where node or web/node_modules is not there (scripts/setup brings both), pages have their tables, forms and style, and
# no scripts.
include_guard()

set(web ${PROJECT_SOURCE_DIR}/web)
set(web_dist ${PROJECT_BINARY_DIR}/web)
find_program(BALCAO_NODE NAMES node nodejs)
file(GLOB web_sources CONFIGURE_DEPENDS ${web}/src/*.ts ${web}/src/*.css)

if(BALCAO_NODE AND EXISTS ${web}/node_modules/esbuild)
  add_custom_command(
    OUTPUT ${web_dist}/report.js ${web_dist}/report.css ${web_dist}/pages.js ${web_dist}/pages.css
           ${web_dist}/noto-sans.woff2 ${web_dist}/noto-sans.txt
    COMMAND ${BALCAO_NODE} ${web}/build.mjs ${web_dist}
    DEPENDS ${web_sources} ${web}/build.mjs ${web}/package-lock.json
    COMMENT "Building the scripts and styles of the pages"
    VERBATIM)
else()
  message(WARNING "web/node_modules is not there (npm ci --prefix web): pages will have tables and no plots")
  function(balcao_plain_style name)
    set(style "")
    foreach(part IN LISTS ARGN)
      file(READ ${web}/src/${part}.css text)
      string(REGEX REPLACE "@import[^\n]*\n" "" text "${text}")
      string(APPEND style "${text}")
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${web}/src/${part}.css)
    endforeach()
    file(CONFIGURE OUTPUT ${web_dist}/${name}.css CONTENT "${style}" @ONLY)
    file(CONFIGURE OUTPUT ${web_dist}/${name}.js CONTENT "")
  endfunction()
  balcao_plain_style(report tokens page groups print)
  balcao_plain_style(pages tokens pages)
endif()

# The bundle `bundle` (its .js and .css) and further files as functions of the module `module`: embedded_<bundle>_js(),
# _css() and so on. What is not built is empty.
function(balcao_embed module bundle)
  set(files ${web_dist}/${bundle}.js ${web_dist}/${bundle}.css)
  if(BALCAO_NODE AND EXISTS ${web}/node_modules/esbuild)
    set(built ${ARGN})
  else()
    set(built)
  endif()
  list(TRANSFORM ARGN PREPEND ${web_dist}/)
  list(TRANSFORM built PREPEND ${web_dist}/)
  set(needed ${files} ${built})
  list(APPEND files ${ARGN})
  set(dir ${PROJECT_BINARY_DIR}/embedded/${module})
  add_custom_command(
    OUTPUT ${dir}/embedded.cpp ${dir}/embedded.hpp
    COMMAND ${CMAKE_COMMAND} -E make_directory ${dir}
    COMMAND ${CMAKE_COMMAND} -DHEADER=${dir}/embedded.hpp -DSOURCE=${dir}/embedded.cpp
      -DNAMESPACE=balcao::${module} "-DFILES=${files}" -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${needed} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    VERBATIM)
  target_sources(balcao_${module} PRIVATE ${dir}/embedded.cpp ${dir}/embedded.hpp)
  target_include_directories(balcao_${module} PRIVATE ${PROJECT_BINARY_DIR}/embedded)
endfunction()
balcao_embed(report report)
balcao_embed(web pages noto-sans.woff2 noto-sans.txt)

# What a linter needs before anything is compiled.
add_custom_target(balcao_generated DEPENDS ${PROJECT_BINARY_DIR}/embedded/report/embedded.hpp
                                           ${PROJECT_BINARY_DIR}/embedded/web/embedded.hpp)

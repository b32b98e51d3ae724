# Turns files into a C++ source: `std::string_view embedded_<name>()` for each, with "." and "-" in the name made "_".
#
#   cmake -DHEADER=embedded.hpp -DSOURCE=embedded.cpp -DNAMESPACE=balcao::report "-DFILES=a.js;b.css" -P Embed.cmake
#
# A file that is not there becomes an empty text.
set(header "#pragma once\n// Made by cmake/Embed.cmake.\n#include <string_view>\n\nnamespace ${NAMESPACE} {\n\n")
set(source "// Made by cmake/Embed.cmake.\n#include \"embedded.hpp\"\n\nnamespace ${NAMESPACE} {\n\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
  set(bytes "")
  if(EXISTS ${file})
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  endif()
  string(APPEND header "std::string_view embedded_${name}();\n")
  # A byte of its own at the end: an empty array would not be C++.
  string(APPEND source "static const unsigned char bytes_of_${name}[] = {${bytes}0};\n\n"
    "std::string_view embedded_${name}() {\n"
    "    return {reinterpret_cast<const char*>(bytes_of_${name}), sizeof(bytes_of_${name}) - 1};\n}\n\n")
endforeach()
file(WRITE ${HEADER} "${header}\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${SOURCE} "${source}}  // namespace ${NAMESPACE}\n")

# Reading the standard library's headers is a good part of what compiling costs: with BALCAO_PRECOMPILE they are read once
# for each set of flags. What is shipped, measured, linted or sanitized is built without (the presets say which), so
# that a source which forgot an include does not get through.
include_guard()

option(BALCAO_PRECOMPILE "Read the headers of the standard library once for all sources" OFF)

# What tests say themselves, and what stands between the city and the network, waits for others more than it computes:
# compiling it with more effort takes longer than it ever gives back in a test.
set(BALCAO_EASY_OPTIONS $<$<CONFIG:RelWithDebInfo>:-O1>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  list(APPEND BALCAO_EASY_OPTIONS -Wno-stringop-overread)  # with -O1 GCC takes a string's length for negative
endif()

if(BALCAO_PRECOMPILE)
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "// Nothing: it is there for its headers.\n")
  foreach(effort usual easy)
    add_library(precompiled_${effort} OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
    target_precompile_headers(precompiled_${effort} PRIVATE
      <algorithm> <array> <charconv> <chrono> <compare> <cstdint> <filesystem> <functional> <map> <memory> <mutex>
      <numeric> <optional> <ranges> <set> <span> <string> <string_view> <thread> <utility> <variant> <vector>)
  endforeach()
  target_compile_options(precompiled_easy PRIVATE ${BALCAO_EASY_OPTIONS})
endif()

# Compiles the target's sources with usual or easy effort.
function(balcao_effort target effort)
  if(effort STREQUAL easy)
    target_compile_options(${target} PRIVATE ${BALCAO_EASY_OPTIONS})
  endif()
  if(BALCAO_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM precompiled_${effort})
  endif()
endfunction()

# How much of the compiler's time goes into what. Reading headers, and instantiating what is in them, is most of what
# compiling costs here: with BALCAO_TOGETHER sources of a module are compiled several at a time, and the standard
# library's headers are read once for each set of flags. What is shipped, measured or linted compiles each source alone
# (the presets say which), so that one which forgot an include does not get through.
include_guard()

option(BALCAO_TOGETHER "Compile several sources of a module at a time, with the standard headers read once" ON)

# What tests say themselves, and what stands between the city and the network, waits for others more than it computes:
# compiling it with more effort takes longer than it ever gives back in a test.
set(BALCAO_EASY_OPTIONS $<$<CONFIG:RelWithDebInfo>:-O1> $<$<CONFIG:Debug>:-O0>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # With -O1 GCC takes the length of a string for negative, and its own buffer for too small (GCC bug 105651).
  list(APPEND BALCAO_EASY_OPTIONS -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()

if(BALCAO_TOGETHER)
  # Compiled with others, a source is taken for a header, and a name of one for shadowed by another's.
  add_compile_options(-Wno-shadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-subobject-linkage -Wshadow=local)
  endif()
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
  if(BALCAO_TOGETHER)
    target_precompile_headers(${target} REUSE_FROM precompiled_${effort})
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()

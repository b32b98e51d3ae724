# What every target is built with. Presets (CMakePresets.json) choose the build type and the sanitizers.
include_guard()

set(BALCAO_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them: address,undefined or thread")
option(BALCAO_NATIVE "Code for this very machine (-march=native), as the reference of the benchmarks is built" OFF)
option(BALCAO_BENCH "Build the benchmarks in bench/" OFF)
option(BALCAO_FUZZ "Build the fuzzers in fuzz/ (clang only)" OFF)

set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")  # lines for a stack trace; -g takes a quarter more time
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)  # GCC bug 105651: a false alarm in std::string's operator+
endif()

if(BALCAO_SANITIZE)
  add_compile_options(-fsanitize=${BALCAO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  string(REPLACE "fuzzer-no-link" "" link_sanitizers "${BALCAO_SANITIZE}")  # each fuzzer links its own main
  string(REGEX REPLACE ",$" "" link_sanitizers "${link_sanitizers}")
  add_link_options(-fsanitize=${link_sanitizers})
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")  # -O0 under a sanitizer takes minutes where -O1 takes seconds
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-maybe-uninitialized)  # false alarms in what the sanitizers insert
  endif()
endif()
if(BALCAO_NATIVE)
  add_compile_options(-march=native)
endif()

find_program(BALCAO_CCACHE ccache)
if(BALCAO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are told apart by what is in them, not by when they were made.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${BALCAO_CCACHE})
endif()
find_program(BALCAO_LLD ld.lld)
if(BALCAO_LLD)
  add_link_options(-fuse-ld=lld)
endif()

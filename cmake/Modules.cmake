# A module is one folder = one target = one namespace = one include prefix.
# It sees only what it links: every module has its own include view, a folder of one symbolic link, so an include
# of a module that was not declared is "No such file", and a lean on a higher floor stops configuration.
#
#   balcao_module(engine/stats FLOOR 1 BESIDE SEES base USES random LIBS fmt::fmt)
#
# FLOOR      the floor it stands on; it leans on lower ones only
# BESIDE     it may lean on its own floor too
# SEES       modules named in its headers: passed on to who leans on it
# USES       modules named in its sources only: a secret
# LIBS       foreign libraries of its sources
# TEST_USES  further modules that its tests name
# TEST_LIBS  further foreign libraries of its tests (doctest and RapidCheck are always there)
# PROGRAM    the name of a program made of the folder's main.cpp
include_guard()
include(${CMAKE_CURRENT_LIST_DIR}/Effort.cmake)

define_property(TARGET PROPERTY BALCAO_FLOOR BRIEF_DOCS "floor" FULL_DOCS "The floor of a module; it leans on lower ones.")

# Stops configuration when `name` leans on something that is not below it.
function(balcao_check_leans name floor beside)
  foreach(dep IN LISTS ARGN)
    if(NOT TARGET balcao_${dep})
      message(FATAL_ERROR "${name} may not lean on ${dep}: it is not below (modules are listed bottom up)")
    endif()
    get_target_property(below balcao_${dep} BALCAO_FLOOR)
    if(below GREATER floor OR (below EQUAL floor AND NOT beside))
      message(FATAL_ERROR "${name} (floor ${floor}) may not lean on ${dep} (floor ${below})")
    endif()
  endforeach()
endfunction()

# Has ctest run the program <name>_test as <name>, among the unit tests; the target unit_tests builds them all.
add_custom_target(unit_tests)
function(balcao_unit_test name)
  add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS unit)
  balcao_effort(${name}_test easy)
  add_dependencies(unit_tests ${name}_test)
endfunction()

# The `*_test.cpp` files of a module as one program, <name>_test, that ctest knows as <name>.
function(balcao_module_tests name leans libs)
  set(tests ${ARGN})
  if(NOT tests OR NOT BUILD_TESTING)
    return()
  endif()
  add_executable(${name}_test ${tests})
  list(TRANSFORM leans PREPEND balcao_)
  target_link_libraries(${name}_test PRIVATE balcao_${name} ${leans} balcao_doctest_main rapidcheck ${libs})
  balcao_unit_test(${name})
endfunction()

function(balcao_module path)
  cmake_parse_arguments(M "BESIDE" "FLOOR;PROGRAM" "SEES;USES;LIBS;TEST_USES;TEST_LIBS" ${ARGN})
  get_filename_component(name ${path} NAME)
  set(dir ${PROJECT_SOURCE_DIR}/src/${path})
  if(path MATCHES "^tests/")
    set(dir ${PROJECT_SOURCE_DIR}/${path})  # what tests of several modules share
  endif()
  if(M_UNPARSED_ARGUMENTS OR NOT DEFINED M_FLOOR)
    message(FATAL_ERROR "balcao_module(${path}): a FLOOR is needed; not understood: '${M_UNPARSED_ARGUMENTS}'")
  endif()
  file(GLOB headers CONFIGURE_DEPENDS ${dir}/*.hpp)
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp)
  if(NOT headers AND NOT sources)
    message(FATAL_ERROR "balcao_module(${path}): there is nothing in src/${path}; an empty room is not listed")
  endif()
  balcao_check_leans(${name} ${M_FLOOR} ${M_BESIDE} ${M_SEES} ${M_USES} ${M_TEST_USES})

  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  if(M_PROGRAM)
    list(REMOVE_ITEM sources ${dir}/main.cpp)
  endif()

  set(view ${PROJECT_BINARY_DIR}/view/${name})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${dir} ${view}/${name} SYMBOLIC)

  set(sees ${M_SEES})
  set(uses ${M_USES})
  list(TRANSFORM sees PREPEND balcao_)
  list(TRANSFORM uses PREPEND balcao_)
  if(sources)
    add_library(balcao_${name} STATIC ${sources})
    target_include_directories(balcao_${name} PUBLIC ${view})
    target_link_libraries(balcao_${name} PUBLIC ${sees} PRIVATE ${uses} ${M_LIBS})
    if(M_FLOOR GREATER_EQUAL 7)  # the doors
      balcao_effort(balcao_${name} easy)
    else()
      balcao_effort(balcao_${name} usual)
    endif()
  else()  # headers only: there is no source that could keep a secret
    add_library(balcao_${name} INTERFACE)
    target_include_directories(balcao_${name} INTERFACE ${view})
    target_link_libraries(balcao_${name} INTERFACE ${sees} ${M_LIBS})
  endif()
  set_target_properties(balcao_${name} PROPERTIES BALCAO_FLOOR ${M_FLOOR})

  if(M_PROGRAM)
    add_executable(${M_PROGRAM} ${dir}/main.cpp)
    target_link_libraries(${M_PROGRAM} PRIVATE balcao_${name} ${uses} ${M_LIBS})
    set_target_properties(${M_PROGRAM} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  endif()
  set(leans ${M_USES} ${M_TEST_USES})
  balcao_module_tests(${name} "${leans}" "${M_TEST_LIBS}" ${tests})
endfunction()

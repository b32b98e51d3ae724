# The words of Balcão in three languages, locales/*.po, compiled into the module that hands them out. An incomplete
# catalogue stops the build; scripts/po_to_cpp.py says where.
include_guard()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(balcao_catalogue name)
  set(script ${PROJECT_SOURCE_DIR}/scripts/po_to_cpp.py)
  set(made ${PROJECT_BINARY_DIR}/made/catalogue_${name}.cpp)
  set(catalogues ${ARGN})
  list(TRANSFORM catalogues PREPEND ${PROJECT_SOURCE_DIR}/)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/made)
  add_custom_command(OUTPUT ${made}
    COMMAND Python3::Interpreter ${script} ${made} ${catalogues}
    COMMAND ${CMAKE_COMMAND} -E touch ${made}
    DEPENDS ${script} ${catalogues} VERBATIM)
  target_sources(balcao_${name} PRIVATE ${made})
  if(BUILD_TESTING)
    add_test(NAME catalogues COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/po_to_cpp_test.py)
  endif()
endfunction()

# The foreign libraries; docs/dependencies.md says what each is for. Which module may name which is in
# scripts/check_house.py.
include_guard()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(date REQUIRED)  # date::date-tz
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)  # ZLIB::ZLIB
find_package(CURL 7.85 REQUIRED)  # CURL::libcurl
find_package(OpenSSL 3 REQUIRED)  # OpenSSL::Crypto
find_package(Boost 1.81 REQUIRED COMPONENTS json)  # Boost::json; Boost::headers has Boost.Math
find_package(SQLite3 REQUIRED)  # SQLite::SQLite3
find_library(BALCAO_STEMMER stemmer REQUIRED)
find_path(BALCAO_STEMMER_HEADERS libstemmer.h REQUIRED)
add_library(stemmer::stemmer UNKNOWN IMPORTED)
set_target_properties(stemmer::stemmer PROPERTIES IMPORTED_LOCATION ${BALCAO_STEMMER}
  INTERFACE_INCLUDE_DIRECTORIES ${BALCAO_STEMMER_HEADERS})
pkg_check_modules(ical REQUIRED IMPORTED_TARGET libical)  # PkgConfig::ical
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)  # PkgConfig::pq
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)  # PkgConfig::qrencode
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)  # PkgConfig::sodium
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)  # PkgConfig::yaml

if(BUILD_TESTING)
  find_package(doctest REQUIRED)
  find_package(rapidcheck REQUIRED)
  add_library(balcao_doctest_main OBJECT tests/doctest_main.cpp)
  target_link_libraries(balcao_doctest_main PUBLIC doctest::doctest)
endif()
if(BALCAO_BENCH)
  find_package(benchmark REQUIRED)
endif()

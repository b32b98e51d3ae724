// The main function of every unit test program: compiled once, linked into each <module>_test.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

# A thin face of cmake, ctest, npm and scripts/. A fresh machine needs none of it: ./run and ./test.
.PHONY: help build check bench

help:   ## this list
	@sed -nE 's/^([a-z]+): *## */make \1 \t/p' Makefile

build:  ## the release program, build/balcao
	@scripts/setup build
	@scripts/build release balcao

check:  ## format, house check, clang-tidy on changed files (CHECK_ALL=1: on all), a minute of fuzzing for each parser
	@scripts/setup check
	@scripts/check_format
	@scripts/check_house.py
	@scripts/check_lint
	@scripts/fuzz 60

bench:  ## the benchmarks, side by side with the reference
	@scripts/setup bench
	@scripts/bench --write docs/benchmarks.md

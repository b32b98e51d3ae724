#pragma once
// A promise of our own that must hold in every build. Used by every module; never for what a person typed:
// that gets an Error (base/result.hpp).
#include <cstdio>
#include <cstdlib>

#define BALCAO_CHECK(condition)                                                                             \
    ((condition) ? void(0)                                                                                  \
                 : (static_cast<void>(                                                                      \
                        std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition)), \
                    std::abort()))

// Square codes, read back by rules of the standard that the library behind them is not asked for.
#include "qr/qr.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

namespace balcao::qr {
namespace {

// A finder pattern is dark, light, and dark inside (ISO/IEC 18004, 6.3.3.1).
bool has_finder(const Symbol& symbol, std::size_t left, std::size_t top) {
    for (std::size_t y = 0; y < 7; ++y)
        for (std::size_t x = 0; x < 7; ++x) {
            const bool is_rim = x == 0 || x == 6 || y == 0 || y == 6;
            const bool is_heart = x >= 2 && x <= 4 && y >= 2 && y <= 4;
            if (symbol.is_dark(left + x, top + y) != (is_rim || is_heart)) return false;
        }
    return true;
}

bool is_masked(unsigned mask, std::size_t row, std::size_t column) {
    const std::size_t product = row * column;
    const std::array<std::size_t, 8> rests{(row + column) % 2,
                                           row % 2,
                                           column % 3,
                                           (row + column) % 3,
                                           (row / 2 + column / 3) % 2,
                                           product % 2 + product % 3,
                                           (product % 2 + product % 3) % 2,
                                           ((row + column) % 2 + product % 3) % 2};
    return rests.at(mask) == 0;
}

// The text of a symbol of version 1, whose data stands in one block in the order of the standard (6.7.3).
std::string read_version_1(const Symbol& symbol) {
    REQUIRE(symbol.size() == 21);
    const unsigned mask = (symbol.is_dark(2, 8) ? 4U : 0U) + (symbol.is_dark(3, 8) ? 2U : 0U) +
                          (symbol.is_dark(4, 8) ? 1U : 0U);
    const auto is_data = [](std::size_t x, std::size_t y) {
        const bool is_finder = (x < 9 && y < 9) || (x >= 13 && y < 9) || (x < 9 && y >= 13);
        return !is_finder && x != 6 && y != 6;
    };
    std::vector<bool> bits;
    bool goes_up = true;
    for (std::size_t right = 20; right <= 20; right = right == 8 ? 5 : right - 2) {  // column 6 is timing
        for (std::size_t step = 0; step < 21; ++step) {
            const std::size_t y = goes_up ? 20 - step : step;
            for (const std::size_t x : {right, right - 1})
                if (x < 21 && is_data(x, y))
                    bits.push_back(symbol.is_dark(x, y) != is_masked(mask ^ 5U, y, x));
        }
        goes_up = !goes_up;
        if (right == 1) break;
    }
    const auto number = [&](std::size_t from, std::size_t length) {
        unsigned value = 0;
        for (std::size_t bit = from; bit < from + length; ++bit)
            value = value * 2 + (bits.at(bit) ? 1U : 0U);
        return value;
    };
    CHECK(number(0, 4) == 4);  // in bytes
    std::string text;
    for (std::size_t at = 0; at < number(4, 8); ++at)
        text += static_cast<char>(number(12 + 8 * at, 8));
    return text;
}

TEST_CASE("a short text is read back from its square code by the rules of the standard") {
    const auto symbol = encode("balcao.pt/42");
    REQUIRE(symbol.has_value());
    CHECK(read_version_1(*symbol) == "balcao.pt/42");
}

TEST_CASE("a square code can be found by its three corners") {
    const auto symbol = encode("https://balcao.example/pt/tickets/saldanha.2026-11-24.117.abcdefghijklmnop");
    REQUIRE(symbol.has_value());
    const std::size_t size = symbol->size();
    CHECK(size % 4 == 1);
    CHECK(has_finder(*symbol, 0, 0));
    CHECK(has_finder(*symbol, size - 7, 0));
    CHECK(has_finder(*symbol, 0, size - 7));
    CHECK_FALSE(has_finder(*symbol, size - 7, size - 7));
}

TEST_CASE("nothing and too much make no square code") {
    CHECK_FALSE(encode("").has_value());
    CHECK(encode(std::string(2331, 'a')).has_value());
    CHECK_FALSE(encode(std::string(2332, 'a')).has_value());
}

}  // namespace
}  // namespace balcao::qr

// The ziggurat under exp(-x) and its rare paths. The tables are computed by the compiler, in arithmetic that
// no machine does differently.
#include <cmath>

#include "random/variates.hpp"

namespace balcao::random::detail {

namespace {

constexpr double tail_start =
    7.69711747013104972;  // x of the base layer for 256 layers (Marsaglia & Tsang 2000)

// std::exp and std::log are not constexpr; these are right to about 1e-16 on the range of the table.
constexpr double exp_of(double x) {
    constexpr double ln2 = 0.693147180559945309417;
    int halvings = 0;
    double rest = x;
    while (rest < -ln2 / 2) {
        rest += ln2;
        --halvings;
    }
    while (rest > ln2 / 2) {
        rest -= ln2;
        ++halvings;
    }
    double sum = 1;
    for (int term = 18; term >= 1; --term)
        sum = 1 + sum * rest / term;
    for (; halvings < 0; ++halvings)
        sum /= 2;
    for (; halvings > 0; --halvings)
        sum *= 2;
    return sum;
}

constexpr double log_of(double y, double start) {
    double x = start;
    for (int round = 0; round < 6; ++round) {  // Halley's iteration: the error is cubed in each round
        const double e = exp_of(x);
        x += 2 * (y - e) / (y + e);
    }
    return x;
}

constexpr Ziggurat build() {
    Ziggurat zig{};
    const double area = (tail_start + 1) * exp_of(-tail_start);
    double right = tail_start + 1;  // area / exp(-tail_start): as if the base with its tail were a rectangle
    double inner = tail_start;
    zig.height[0] = 0;
    for (std::size_t i = 0; i < 256; ++i) {
        zig.layers[i] = {.accept = static_cast<std::uint64_t>(inner / right * 0x1p53),
                         .width = right * 0x1p-53};
        const double height = i == 255 ? 1 : exp_of(-inner);
        zig.height[i + 1] = height;
        right = inner;
        inner = i >= 254 ? 0 : -log_of(height + area / right, -right);
    }
    return zig;
}

}  // namespace

constexpr Ziggurat exponential_ziggurat = build();

double exponential_beyond(std::uint64_t word, Draws& draws) {
    double offset = 0;
    for (;;) {
        const std::size_t i = word & 255;
        const Layer& layer = exponential_ziggurat.layers[i];
        const std::uint64_t position = word >> 11;
        const double x = (static_cast<double>(position) + 0.5) * layer.width;
        if (position < layer.accept) return offset + x;
        if (i == 0) {
            offset += tail_start;  // the tail of an exponential is an exponential: begin again behind it
        } else {
            const double low = exponential_ziggurat.height[i];
            const double high = exponential_ziggurat.height[i + 1];
            if (low + draws.uniform() * (high - low) < std::exp(-x)) return offset + x;
        }
        word = draws.next();
    }
}

}  // namespace balcao::random::detail

#include "text/near.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.hpp"
#include "text/utf8.hpp"

namespace balcao::text {
namespace {

std::u32string code_points(std::string_view text) {
    std::u32string out;
    while (!text.empty()) {
        const CodePoint point = decode_utf8(text);
        out += point.value;
        text.remove_prefix(point.length);
    }
    return out;
}

// Three rows of the table of distances are enough: this one and the two above it.
std::size_t distance(std::u32string_view a, std::u32string_view b) {
    std::array<std::vector<std::size_t>, 3> rows;
    for (auto& row : rows)
        row.resize(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i - 1) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
            const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swap) row[j] = std::min(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

std::u32string essence(std::string_view word) {
    std::string folded = fold(word);
    std::erase_if(folded, [](char c) { return c == ' ' || c == '-' || c == '_'; });
    return code_points(folded);
}

template <class Word>
std::optional<std::string> nearest(std::string_view word, std::span<const Word> known) {
    const std::u32string wanted = essence(word);
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const Word& candidate : known) {
        if (std::string_view{candidate} == word) continue;
        const std::u32string other = essence(candidate);
        const std::size_t longest = std::max(wanted.size(), other.size());
        const std::size_t allowed = std::max<std::size_t>(1, longest / 3);
        const std::size_t shortest = std::min(wanted.size(), other.size());
        if (longest - shortest > allowed) continue;
        const std::size_t apart = distance(wanted, other);
        if (apart > allowed || apart >= longest || (best && apart >= best_distance)) continue;
        best = std::string{candidate};
        best_distance = apart;
    }
    return best;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    return distance(code_points(a), code_points(b));
}

std::optional<std::string> near_miss(std::string_view word, std::span<const std::string> known) {
    return nearest(word, known);
}

std::optional<std::string> near_miss(std::string_view word, std::span<const std::string_view> known) {
    return nearest(word, known);
}

}  // namespace balcao::text

#pragma once
// Square codes (QR, ISO/IEC 18004) that a telephone reads off a screen or paper: text in, a square of dark
// and light modules out. Used by the pages for links of tickets; it draws nothing itself.
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace balcao::qr {

class Symbol {
public:
    // `dark`: size × size modules, row by row.
    Symbol(std::size_t size, std::vector<bool> dark);

    // Modules on each side, without the quiet zone: four light modules all around that whoever draws it adds.
    [[nodiscard]] std::size_t size() const { return size_; }

    // Both below size().
    [[nodiscard]] bool is_dark(std::size_t column, std::size_t row) const;

private:
    std::size_t size_;
    std::vector<bool> dark_;
};

inline constexpr std::size_t quiet_zone = 4;  // modules on each side (ISO/IEC 18004, 6.3.8)

// The smallest symbol that holds the text in bytes, at error correction level M, which restores about 15 % of
// it. Nothing for an empty text and for one that no symbol holds (over 2,331 bytes).
std::optional<Symbol> encode(std::string_view text);

}  // namespace balcao::qr

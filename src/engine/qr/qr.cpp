#include "qr/qr.hpp"

#include <memory>
#include <qrencode.h>

#include "base/check.hpp"

namespace balcao::qr {

Symbol::Symbol(std::size_t size, std::vector<bool> dark) : size_{size}, dark_{std::move(dark)} {
    BALCAO_CHECK(dark_.size() == size_ * size_);
}

bool Symbol::is_dark(std::size_t column, std::size_t row) const {
    BALCAO_CHECK(column < size_ && row < size_);
    return dark_[row * size_ + column];
}

std::optional<Symbol> encode(std::string_view text) {
    constexpr std::size_t bytes_most = 2331;
    if (text.empty() || text.size() > bytes_most) return std::nullopt;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M), &QRcode_free};
    if (code == nullptr) return std::nullopt;
    const auto size = static_cast<std::size_t>(code->width);
    std::vector<bool> dark(size * size);
    for (std::size_t module = 0; module < dark.size(); ++module)
        dark[module] =
            (code->data[module] & 1U) != 0;  // the lowest bit is the colour, the others say what of
    return Symbol{size, std::move(dark)};
}

}  // namespace balcao::qr

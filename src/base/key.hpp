#pragma once
// The name under which a thing stands in a service model ("identity", "shop"). Keys of different things are
// different types and do not convert, so a site cannot be passed where a service is meant. Used by `model`
// and everything above it; never an index: `sim` has its own.
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace balcao {

template <class Tag>
class Key {
public:
    Key() = default;

    explicit Key(std::string text) : text_{std::move(text)} {}

    [[nodiscard]] const std::string& text() const { return text_; }

    [[nodiscard]] bool empty() const { return text_.empty(); }

    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Key&, const Key&) = default;

private:
    std::string text_;
};

}  // namespace balcao

template <class Tag>
struct std::hash<balcao::Key<Tag>> {
    std::size_t operator()(const balcao::Key<Tag>& key) const noexcept {
        return std::hash<std::string>{}(key.text());
    }
};

#pragma once
// A value or the reason why there is none. Used wherever something outside Balcão can be wrong: a file, an
// option, a command. Shaped like std::expected, so that a later compiler can take its place. It never carries
// a broken promise of our own: that is BALCAO_CHECK.
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.hpp"

namespace balcao {

enum class Errc : unsigned char { invalid, not_found, conflict, forbidden, unavailable };

// What went wrong, for the person who asked. `field` names the input at fault.
struct Error {
    Errc code;
    std::string what;
    std::string field{};
    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    // Implicit on purpose: `return ticket;` and `return Error{…};` both read as what they mean.
    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(Error error) : state_{std::in_place_index<1>, std::move(error)} {}

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }

    explicit operator bool() const { return has_value(); }

    T& value() & {
        BALCAO_CHECK(has_value());
        return *std::get_if<0>(&state_);
    }

    const T& value() const& {
        BALCAO_CHECK(has_value());
        return *std::get_if<0>(&state_);
    }

    T&& value() && {
        BALCAO_CHECK(has_value());
        return std::move(*std::get_if<0>(&state_));
    }

    T& operator*() & { return value(); }

    const T& operator*() const& { return value(); }

    T&& operator*() && { return std::move(*this).value(); }

    T* operator->() { return &value(); }

    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const {
        BALCAO_CHECK(!has_value());
        return *std::get_if<1>(&state_);
    }

    template <class Next>
    auto and_then(Next&& next) && -> decltype(next(std::declval<T&&>())) {
        if (!has_value()) return error();
        return std::forward<Next>(next)(std::move(*this).value());
    }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;

    // NOLINTNEXTLINE(google-explicit-constructor)
    Result(Error error) : error_{std::move(error)} {}

    [[nodiscard]] bool has_value() const { return !error_; }

    explicit operator bool() const { return has_value(); }

    [[nodiscard]] const Error& error() const {
        BALCAO_CHECK(error_.has_value());
        return *error_;
    }

private:
    std::optional<Error> error_;
};

}  // namespace balcao

// NOLINTBEGIN(bugprone-macro-parentheses): the target is a declaration
// Hands an error up. Only in statement position: BALCAO_TRY(auto ticket, tickets.find(id));
#define BALCAO_JOIN2(a, b) a##b
#define BALCAO_JOIN(a, b) BALCAO_JOIN2(a, b)
#define BALCAO_TRY(target, expression) BALCAO_TRY_AS(BALCAO_JOIN(balcao_try_, __LINE__), target, expression)
#define BALCAO_TRY_AS(name, target, expression) \
    auto name = (expression);                   \
    if (!name) return name.error();             \
    target = *std::move(name)
// NOLINTEND(bugprone-macro-parentheses)

#pragma once
// How the events of a module become the journal's drafts and come back: JSON, by one list of members for both
// ways. Used by every module that records; it knows no event. A module says, beside its types, where the
// compiler finds it by their namespace:
//
//   template <class Part, class Event>
//   void members(Part& part, Event& event) { part("desk", event.desk); part.may_lack("reason", event.reason);
//   }
//
// and, for its own types of members: `members` for what is an object, `words_of(Enum)` for the words of an
// enumeration in its order, `to_text` and `from_text` for what stands as a text, `plain` for what stands as
// one member of it. An event type is a struct with its name as `type`; a module's event is a variant of them.
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/key.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "text/json.hpp"

namespace balcao::journal {

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_key = false;
template <class Tag>
inline constexpr bool is_key<Key<Tag>> = true;

// Writes members. What may lack and is as it begins (empty, zero, false, the first word) is not written.
class Put {
public:
    explicit Put(std::string& out) : json_{out} {}

    template <class T>
    void operator()(std::string_view name, const T& value) {
        json_.key(name);
        write(value);
    }

    template <class T>
    void may_lack(std::string_view name, const T& value) {
        if (!(value == T{})) (*this)(name, value);
    }

    template <class T>
    void write(const T& value) {
        if constexpr (requires { to_text(value); }) {
            json_.value(to_text(value));
        } else if constexpr (std::same_as<T, bool> || std::same_as<T, std::string>) {
            json_.value(value);
        } else if constexpr (std::integral<T>) {
            json_.value(static_cast<std::int64_t>(value));
        } else if constexpr (std::same_as<T, Instant>) {
            json_.value(std::int64_t{value.time_since_epoch().count()});
        } else if constexpr (is_key<T>) {
            json_.value(value.text());
        } else if constexpr (is_optional<T>) {
            write(*value);
        } else if constexpr (is_list<T>) {
            json_.begin_array();
            for (const auto& one : value)
                write(one);
            json_.end();
        } else if constexpr (std::is_enum_v<T>) {
            json_.value(words_of(value)[static_cast<std::size_t>(value)]);
        } else if constexpr (requires { plain(value); }) {
            write(plain(value));
        } else {
            json_.begin_object();
            members(*this, value);
            json_.end();
        }
    }

private:
    text::JsonWriter json_;
};

// Reads members. The first that is not there, is empty or of another form is the mistake that is kept; what
// may lack and does stays as it is.
class Take {
public:
    explicit Take(text::JsonView json) : json_{json} {}

    [[nodiscard]] const std::string& mistake() const { return mistake_; }

    template <class T>
    void operator()(std::string_view name, T& value) {
        if (!read(json_[name], value) && mistake_.empty()) mistake_ = name;
    }

    template <class T>
    void may_lack(std::string_view name, T& value) {
        if (json_[name].exists()) (*this)(name, value);
    }

private:
    // False when it is not that.
    template <class T>
    static bool read(text::JsonView json, T& value) {
        if constexpr (std::same_as<T, bool>) {
            const auto found = json.as_bool();
            value = found.value_or(false);
            return found.has_value();
        } else if constexpr (std::integral<T>) {
            return read_whole(json, value);
        } else if constexpr (std::same_as<T, Instant>) {
            std::int64_t count = 0;
            const bool is_read = read(json, count);
            value = Instant{std::chrono::milliseconds{count}};
            return is_read;
        } else if constexpr (is_optional<T>) {
            return read(json, value.emplace());
        } else if constexpr (is_list<T>) {
            return read_list(json, value);
        } else if constexpr (requires { plain(value); }) {
            return read(json, plain(value));
        } else if constexpr (std::is_enum_v<T> || is_key<T> || std::same_as<T, std::string> ||
                             requires { from_text(std::string_view{}, value); }) {
            return read_text(json.as_text().value_or(""), value);
        } else {
            Take inner{json};
            members(inner, value);
            return json.is_object() && inner.mistake().empty();
        }
    }

    template <class T>
    static bool read_whole(text::JsonView json, T& value) {
        const auto found = json.as_whole_number();
        if (!found || !std::in_range<T>(*found)) return false;
        value = static_cast<T>(*found);
        return true;
    }

    template <class T>
    static bool read_list(text::JsonView json, std::vector<T>& list) {
        for (std::size_t place = 0; place < json.size(); ++place)
            if (!read(json.at(place), list.emplace_back())) return false;
        return json.is_array() && !list.empty();
    }

    template <class T>
    static bool read_text(std::string_view found, T& value) {
        if constexpr (requires { from_text(found, value); }) {
            return from_text(found, value);
        } else if constexpr (std::is_enum_v<T>) {
            std::size_t place = 0;
            for (const std::string_view word : words_of(value)) {
                if (word == found) value = static_cast<T>(place);
                if (word == found) return true;
                ++place;
            }
            return false;
        } else {
            value = T{std::string{found}};
            return !found.empty();
        }
    }

    text::JsonView json_;
    std::string mistake_;
};

// A struct with members as one line of JSON, and back. `name` is what a mistake is said of. Error: invalid.
template <class T>
std::string write_members(const T& value) {
    std::string text;
    Put{text}.write(value);
    return text;
}

template <class T>
Result<T> read_members(std::string_view text, std::string_view name) {
    BALCAO_TRY(const auto json, text::Json::parse(text, name));
    T value;
    Take part{json.root()};
    members(part, value);
    if (part.mistake().empty()) return value;
    return Error{Errc::invalid, std::string{name} + ": its " + part.mistake() + " cannot be read"};
}

// One of a module's events, a variant, as the journal keeps it.
template <class Event>
Draft encode_as_draft(const Event& event) {
    return std::visit(
        [](const auto& one) {
            return Draft{std::string{one.type}, write_members(one)};
        },
        event);
}

namespace detail {

template <class AnyEvent, std::size_t index = 0>
Result<AnyEvent> decode_from(const Event& event, text::JsonView body) {
    const auto error = [&](const std::string& what) {
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) + ": " + what};
    };
    if constexpr (index == std::variant_size_v<AnyEvent>) {
        return error("an event of the type " + event.type + ", which is not known here");
    } else {
        using Type = std::variant_alternative_t<index, AnyEvent>;
        if (event.type != Type::type) return decode_from<AnyEvent, index + 1>(event, body);
        Type read;
        Take part{body};
        members(part, read);
        if (part.mistake().empty()) return AnyEvent{std::move(read)};
        return error("the " + part.mistake() + " of this " + event.type + " cannot be read");
    }
}

}  // namespace detail

// Error: invalid, with stream, version and member, for what no version of Balcão has written.
template <class AnyEvent>
Result<AnyEvent> decode_as(const Event& event) {
    BALCAO_TRY(const auto body, text::Json::parse(event.body, event.stream));
    return detail::decode_from<AnyEvent>(event, body.root());
}

}  // namespace balcao::journal

#pragma once
// What happened to the model of a city: the events of its one stream. Each is a version that came into force;
// its number is its place in the stream.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "journal/event.hpp"

namespace balcao::edition {

using Number = std::uint32_t;  // from 1

enum class Origin : std::uint8_t {
    file,        // the file that a server was started with
    page,        // somebody, on the pages
    going_back,  // somebody, to an earlier version
};

struct ModelPublished {
    static constexpr std::string_view type = "model-published";
    std::string name;  // of the model's file or folder: its key
    std::string hash;  // SHA-256 of the text, in hexadecimal digits
    Origin origin = Origin::file;
    std::string by;    // the account; empty: the installation
    std::string note;  // why
    Number back_to = 0;
    std::string text;  // canonical, one YAML file
};

using ModelEvent = std::variant<ModelPublished>;

inline constexpr std::string_view stream = "model";

journal::Draft encode(const ModelEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<ModelEvent> decode(const journal::Event& event);

}  // namespace balcao::edition

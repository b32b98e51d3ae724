#include "journal/codec.hpp"

#include <array>
#include <span>

#include <doctest/doctest.h>

namespace balcao::journal::garden {

using BedKey = Key<struct BedTag>;

enum class Soil : std::uint8_t { sand, clay };

struct Depth {
    int centimetres = 0;
};

struct Plant {
    std::string name;
    std::optional<int> height{};
    friend bool operator==(const Plant&, const Plant&) = default;
};

struct Planted {
    static constexpr std::string_view type = "planted";
    BedKey bed;
    std::vector<Plant> plants;
    Soil soil = Soil::sand;
    Depth depth;
    Instant at{};
    bool is_watered = false;
    std::uint64_t seeds = 0;
};

struct Dug {
    static constexpr std::string_view type = "dug";
    BedKey bed;
};

std::span<const std::string_view> words_of(Soil) {
    static constexpr std::array<std::string_view, 2> words{"sand", "clay"};
    return words;
}

int plain(const Depth& depth) { return depth.centimetres; }

int& plain(Depth& depth) { return depth.centimetres; }

template <class Part, class Event>
void members(Part& part, Event& event) {
    if constexpr (requires { event.name; }) part("name", event.name);
    if constexpr (requires { event.height; }) part.may_lack("height", event.height);
    if constexpr (requires { event.bed; }) part("bed", event.bed);
    if constexpr (requires { event.plants; }) part("plants", event.plants);
    if constexpr (requires { event.soil; }) part.may_lack("soil", event.soil);
    if constexpr (requires { event.depth; }) part("depth", event.depth);
    if constexpr (requires { event.at; }) part.may_lack("at", event.at);
    if constexpr (requires { event.is_watered; }) part.may_lack("watered", event.is_watered);
    if constexpr (requires { event.seeds; }) part.may_lack("seeds", event.seeds);
}

using GardenEvent = std::variant<Planted, Dug>;

Result<GardenEvent> read(const std::string& type, const std::string& body) {
    return decode_as<GardenEvent>(Event{"garden", 7, {}, type, body, ""});
}

std::string mistake(const std::string& type, const std::string& body) {
    const auto event = read(type, body);
    return event ? "none" : event.error().what;
}

TEST_CASE("an event comes back as it was written, and what is as it begins is not written") {
    const Planted planted{BedKey{"north"},
                          {{"rosa", 40}, {"cravo"}},
                          Soil::clay,
                          {12},
                          Instant{std::chrono::milliseconds{5}},
                          true,
                          3};
    const auto draft = encode_as_draft(GardenEvent{planted});
    CHECK(draft.type == "planted");
    CHECK(draft.body == R"({"bed": "north", "plants": [{"name": "rosa", "height": 40}, {"name": "cravo"}], )"
                        R"("soil": "clay", "depth": 12, "at": 5, "watered": true, "seeds": 3})");
    const auto event = read(draft.type, draft.body);
    REQUIRE(event);
    const auto& back = std::get<Planted>(*event);
    CHECK(encode_as_draft(GardenEvent{back}).body == draft.body);
    CHECK(back.plants == planted.plants);
    CHECK(encode_as_draft(GardenEvent{Planted{BedKey{"s"}, {{"rosa"}}, {}, {}, {}, false, 0}}).body ==
          R"({"bed": "s", "plants": [{"name": "rosa"}], "depth": 0})");
    CHECK(encode_as_draft(GardenEvent{Dug{BedKey{"south"}}}).body == R"({"bed": "south"})");
}

TEST_CASE("what nobody wrote is refused with its place and the member that is wrong") {
    CHECK(mistake("dug", R"({"bed":"a"})") == "none");
    CHECK(mistake("dug", R"({"bed":""})") == "garden 7: the bed of this dug cannot be read");
    CHECK(mistake("dug", "{}") == "garden 7: the bed of this dug cannot be read");
    CHECK(mistake("dug", R"({"bed":3})") == "garden 7: the bed of this dug cannot be read");
    CHECK(mistake("mown", "{}") == "garden 7: an event of the type mown, which is not known here");
    const auto planted = [](const std::string& rest) {
        const auto said = mistake("planted", R"({"bed":"a",)" + rest + "}");
        const std::string before = "garden 7: the ";
        return said == "none" ? said : said.substr(before.size(), said.find(" of this") - before.size());
    };
    const std::string plants = R"("plants":[{"name":"rosa"}],"depth":1)";
    CHECK(planted(plants) == "none");
    CHECK(planted(R"("plants":[],"depth":1)") == "plants");
    CHECK(planted(R"("plants":{"name":"rosa"},"depth":1)") == "plants");
    CHECK(planted(R"("plants":[{"name":""}],"depth":1)") == "plants");
    CHECK(planted(R"("plants":[{"name":"rosa","height":"tall"}],"depth":1)") == "plants");
    CHECK(planted(R"("plants":[{"name":"rosa"}])") == "depth");
    CHECK(planted(R"("plants":[{"name":"rosa"}],"depth":99999999999)") == "depth");
    CHECK(planted(plants + R"(,"soil":"rock")") == "soil");
    CHECK(planted(plants + R"(,"watered":1)") == "watered");
    CHECK(planted(plants + R"(,"seeds":-1)") == "seeds");
    CHECK(planted(plants + R"(,"at":"noon")") == "at");
    CHECK_FALSE(read("planted", R"({"bed":)"));
}

}  // namespace balcao::journal::garden

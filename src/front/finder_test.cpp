#include "front/finder.hpp"

#include <array>
#include <atomic>
#include <thread>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::front;

namespace {

std::shared_ptr<const model::Model> city_with(const char* name) {
    model::Model city;
    city.languages = {"en"};
    model::Service service;
    service.key = model::ServiceKey{"one"};
    service.name.texts = {{"en", name}};
    city.services = {service};
    return std::make_shared<const model::Model>(std::move(city));
}

}  // namespace

TEST_CASE("what is looked for is looked for in the model that is in force") {
    const Finder finder;
    const auto before = city_with("Parking badge");
    const auto after = city_with("Library card");
    REQUIRE(finder.services(before, "en", "parking").size() == 1);
    CHECK(finder.services(before, "en", "parking").front() == &before->services.front());
    CHECK(finder.services(after, "en", "parking").empty());
    CHECK(finder.services(after, "en", "libary").front() == &after->services.front());
}

TEST_CASE(
    "many look for something while the model changes, and each gets what is of the model that they asked") {
    const Finder finder;
    const std::array cities{city_with("Parking badge"), city_with("Library card")};
    std::vector<std::thread> people;
    std::atomic<int> wrong{0};
    for (std::size_t person = 0; person < 4; ++person)
        people.emplace_back([&, person] {
            for (std::size_t asked = 0; asked < 20; ++asked) {
                const auto& city = cities.at((person + asked) % 2);
                const auto found = finder.services(city, "en", "parking library");
                if (found.size() != 1 || found.front() != &city->services.front()) ++wrong;
            }
        });
    for (auto& person : people)
        person.join();
    CHECK(wrong == 0);
}

TEST_CASE("a life event is meant by its name and by what people call it") {
    model::LifeEvent event;
    event.name.texts = {{"pt", "Ter um filho"}};
    event.also.words = {{"pt", {"nasceu a minha filha"}}};
    CHECK(is_meant(event, "pt", "FILHO"));
    CHECK(is_meant(event, "pt", "nasceu filha"));
    CHECK_FALSE(is_meant(event, "pt", "carteira"));
    CHECK(is_meant(event, "pt", ""));
}

#pragma once
// The town of the tests with a lost wallet that somebody asks for help with.
#include "town/wallet.hpp"
#include "web/town_test.hpp"

namespace balcao::web {

inline const std::string answers =
    "fact.lost=card&fact.lost=licence&fact.day=2026-01-02&fact.speed=normal&fact.resident=yes";
inline const std::string filled = answers +
                                  "&hand=in&detail.full-name=Ana+S%C3%B3&detail.card-number=1234+5678"
                                  "&detail.born=1984-05-31&agree.registry=yes&agree.transport=yes";

struct CaseTown : Town {
    CaseTown() : Town{town::city_with_wallet().c_str()}, carrier{cases.carry(nobody)} {}

    http::Answer say(const std::string& form, const std::string& language = "en") const {
        return ask(http::Method::post, "/" + language + "/events/wallet/request", form);
    }

    // The page of a case that was handed in.
    std::string handed_in(const std::string& language = "en") {
        const auto answer = say(filled + "&key=" + key_of_form(++keys), language);
        INFO(answer.body);
        REQUIRE(answer.status == 303);
        return location_of(answer);
    }

    static std::string key_of_form(int number) {
        std::string key = std::to_string(number);
        return key.insert(0, 26 - key.size(), '0');
    }

    // What is due happens.
    void work() const {
        while (carrier->work()) {
        }
    }

    cases::Connectors nobody{};
    std::unique_ptr<cases::Carrier> carrier;
    int keys = 0;
};

inline std::string number_in(const std::string& page) {
    const auto begin = page.rfind('/') + 1;
    return page.substr(begin, page.find('.', begin) - begin);
}

}  // namespace balcao::web

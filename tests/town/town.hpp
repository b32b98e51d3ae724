#pragma once
// A small town for the tests of the doors: a real office with all its rooms on a journal in memory, and a
// clock that the test sets. Pages and API put their own door before it; it opens no socket.
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "assist/sessions.hpp"
#include "base/set_clock.hpp"
#include "base/zone.hpp"
#include "booking/bookings.hpp"
#include "cases/cases.hpp"
#include "cases/terms.hpp"
#include "crypto/keys.hpp"
#include "device/devices.hpp"
#include "edition/editions.hpp"
#include "fees/case_fees.hpp"
#include "journal/memory_store.hpp"
#include "letters/outbox.hpp"
#include "model/read.hpp"
#include "office/front_office.hpp"
#include "outcomes/figures.hpp"
#include "pay/stand_in_provider.hpp"
#include "record/site_record.hpp"
#include "staff/staff.hpp"

namespace balcao::town {

using namespace std::chrono_literals;

// Five tickets a day at the shop.
inline constexpr const char* city = R"(balcao: 1
name: {pt: Vila, en: Town, es: Villa}
languages: [pt, en, es]
time_zone: Europe/Lisbon
first_day: 2026-01-05
interpreters:
  {name: {pt: Linha de intérpretes, en: Interpreters by telephone, es: Intérpretes por teléfono}, phone: "218 106 191"}
services:
  identity: {name: {pt: Cartão de cidadão, en: Identity card, es: Documento de identidad}, duration: 6 min}
  tax: {name: {pt: Finanças, en: Tax, es: Hacienda}, duration: 6 min}
sites:
  shop:
    name: {pt: Loja, en: Shop, es: Tienda}
    open: {mon-fri: "09:00-17:00"}
    tickets: {first: 1, last: 5}
    queue: [booked_due, arrival]
    appointments:
      windows:
        every: {days: mon-fri, hours: "09-17", slot: 30 min, places: 1, services: [identity]}
    desks:
      both: {name: {pt: Balcão, en: Counter, es: Mostrador}, count: 2, serves: [identity, tax]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
sources: {plan: {title: "Resolution 2/2001"}}
duties:
  priority: {kind: priority, source: plan, known_from: summary, who: {pt: Grávidas, en: Pregnant women, es: Embarazadas}}
  half: {kind: walk_in_capacity, source: plan, known_from: report}
  papers: {kind: drop_off, services: [tax], source: plan}
)";

// A Monday at ten in the morning, when the shop is open.
inline Instant beginning() { return Zone::find("Europe/Lisbon")->midnight(*parse_date("2026-01-05")) + 10h; }

inline std::shared_ptr<const model::Model> model_of(const std::string& yaml) {
    const model::MemoryFiles files{{{"town.yaml", yaml}}};
    const auto read = model::read_model("town.yaml", files, {});
    for (const auto& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*read.value);
}

// The same town with so many tickets a day.
inline std::string city_with(int tickets) {
    std::string yaml = city;
    const std::string few = "last: 5}";
    return yaml.replace(yaml.find(few), few.size(), "last: " + std::to_string(tickets) + "}");
}

// The rooms of the office. Whatever has routes stands before it, and outlives none of it.
struct House {
    std::shared_ptr<const model::Model> model;
    SetClock clock{beginning()};
    journal::MemoryStore store;
    crypto::SecretKey key = crypto::SecretKey::random();
    std::unique_ptr<edition::Editions> editions = open_editions();
    std::unique_ptr<office::FrontOffice> office = *office::FrontOffice::open(store, clock, model);
    std::unique_ptr<staff::Staff> staff = open_staff();
    std::unique_ptr<booking::Bookings> bookings = open_bookings();
    std::unique_ptr<device::Devices> devices = *device::Devices::open(store, clock, key);
    SteadyStopwatch stopwatch;
    cases::Settings agreed{office->zone()};
    cases::Cases cases{store, clock, stopwatch, key, agreed};
    // Who has an account may assist.
    assist::Settings agreed_at_screens{
        office->zone(), [this](const assist::MediatorKey& mediator, const assist::Subject&) {
            return staff->account(staff::AccountKey{mediator.text()}).has_value();
        }};
    assist::Sessions sessions{store, clock, key, agreed_at_screens};
    // A bank that gives out references, and is none.
    pay::Settings agreed_on_money{office->zone(), model::SiteKey{"online"}};
    pay::StandInProvider bank{pay::Means::reference, "99999", clock};
    pay::Providers collectors{{pay::ProviderKey{"bank"}, {bank, {}}}};
    pay::Room money{store, clock, agreed_on_money, collectors};
    pay::Payments payments{money, stopwatch};
    pay::Tills tills{money};
    fees::FeeOffice fees{cases, money, payments, tills};
    outcomes::Outcomes outcomes{store, office->zone(), key};
    letters::Outbox outbox{store, clock, key};
    record::SiteRecords records{
        *record::Reader::of(store,
                            {[this] { return office->in_force(); },
                             [this](office::Edition number) { return editions->model_of(number); }},
                            clock)};

    explicit House(const std::string& yaml = city) : model{model_of(yaml)} {
        agreed.entities.replace(cases::terms_of(*model));
    }

    // What is due with the bank is done, and its news are heard.
    void collect() {
        REQUIRE(payments.catch_up(1'000).has_value());
        while (payments.work()) {
        }
        for (const auto& notice : bank.notices())
            REQUIRE(std::holds_alternative<pay::Heard>(payments.hear(pay::ProviderKey{"bank"}, notice)));
    }

    // The last version comes into force here.
    Result<void> adopt() const {
        const auto now = editions->in_force();
        if (auto adopted = bookings->adopt(*now->model); !adopted) return adopted;
        return office->adopt({now->model, now->entry.number});
    }

    office::Reply command(office::Command what) const {
        std::optional<office::Reply> reply;
        REQUIRE(office
                    ->handle({.site = model::SiteKey{"shop"}, .command = std::move(what)},
                             [&](const office::Reply& answer) { reply = answer; })
                    .has_value());
        REQUIRE(reply.has_value());
        return *reply;
    }

private:
    std::unique_ptr<edition::Editions> open_editions() {
        auto opened = edition::Editions::open(store, clock);
        REQUIRE(opened.has_value());
        REQUIRE(std::holds_alternative<edition::InForce>((*opened)->start_with(*model)));
        return *std::move(opened);
    }

    std::unique_ptr<staff::Staff> open_staff() {
        staff::Settings settings;
        settings.cost = crypto::PasswordCost::lowest;
        settings.second_factor = staff::SecondFactor::as_one_likes;
        auto opened = staff::Staff::open(store, clock, key, settings);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    std::unique_ptr<booking::Bookings> open_bookings() {
        booking::Settings settings;
        settings.tells_of_cancelling = true;
        auto opened = booking::Bookings::open(store, clock, key, office->model(), settings);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }
};

}  // namespace balcao::town

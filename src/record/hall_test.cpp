#include "record/hall_test.hpp"

#include <map>

#include <doctest/doctest.h>

#include "model/read.hpp"

namespace balcao::record {
namespace {

constexpr const char* shop = R"(balcao: 1
name: {pt: Loja de teste, en: A shop of tests}
time_zone: Europe/Lisbon
languages: [pt, en]
first_day: 2026-11-23
sources: {law: {title: A law}}
services:
  identity: {name: {pt: Identidade, en: Identity}, duration: 6 min}
  papers: {name: {pt: Papéis, en: Papers}, duration: 2 min}
sites:
  shop:
    name: Shop
    open: {mon-fri: "09-17"}
    tickets: {first: 1, last: 5}
    appointments: {windows: {morning: {hours: "09-13", slot: 20 min}}}
    desks:
      a: {name: Desk A, count: 2, serves: [identity, papers], takes: walk_in}
      b: {name: Desk B, count: 1, serves: [identity]}
      c: {name: Desk C, count: 1, serves: [identity], takes: booked}
demand:
  - {service: identity, site: shop, arrivals: {poisson: 5 per hour}}
targets: [{measure: served_within, limit: 20 min, at_least: 80 %}]
)";

}  // namespace

const model::Model& shop_of_test(std::string_view more) {
    static std::map<std::string, model::Model, std::less<>> made;
    const auto found = made.find(more);
    if (found != made.end()) return found->second;
    auto read =
        model::read_model("shop.yaml", model::MemoryFiles{{{"shop.yaml", shop + std::string{more}}}}, {});
    for (const auto& remark : read.remarks)
        INFO(remark.what.plain());
    REQUIRE(read.value.has_value());
    return made.emplace(more, *std::move(read.value)).first->second;
}

const Zone& zone_of_test() {
    static const Zone zone = *Zone::find("Europe/Lisbon");
    return zone;
}

Instant Told::instant(double minute) {
    return zone_of_test().midnight(*parse_date("2026-11-24")) +
           milliseconds{static_cast<std::int64_t>(minute * 60'000)};
}

office::DeskId Told::desk(std::string_view text) { return *office::parse_desk(text); }

Told& Told::at(double minute) {
    minute_ = minute;
    return *this;
}

Told& Told::told(office::HallEvent event) {
    events_.emplace_back(std::move(event), instant(minute_));
    return *this;
}

Told& Told::begun(std::uint32_t number, std::string_view service, bool has_priority) {
    office::VisitBegun event;
    event.number = {number};
    event.legs.push_back({model::ServiceKey{std::string{service}}, {}, {}});
    event.standing = has_priority ? office::Standing::priority : office::Standing::ordinary;
    event.channel = "kiosk";
    return told(std::move(event));
}

Told& Told::booked(std::uint32_t number, double appointment_minute, std::string_view service) {
    office::VisitBegun event;
    event.number = {number};
    event.legs.push_back({model::ServiceKey{std::string{service}}, {}, {}});
    event.channel = "reception";
    event.appointment = instant(appointment_minute);
    return told(std::move(event));
}

Told& Told::called(std::uint32_t number,
                   std::string_view at_desk,
                   std::vector<std::uint32_t> passed_over,
                   office::CalledBy called_by) {
    office::VisitCalled event{{number}, desk(at_desk), {}, called_by};
    for (const auto passed : passed_over)
        event.passed_over.push_back({passed});
    return told(std::move(event));
}

Told& Told::started(std::uint32_t number, std::string_view at_desk) {
    return told(office::ServiceStarted{{number}, desk(at_desk)});
}

Told& Told::ended(std::uint32_t number, std::string_view at_desk) {
    return told(office::ServiceEnded{{number}, desk(at_desk), office::Then::goes, {}});
}

HallDay Told::day(double now_minute) const {
    return hall_day(model::SiteKey{"shop"}, *parse_date("2026-11-24"), events_, zone_of_test(),
                    instant(now_minute));
}

}  // namespace balcao::record

#include "office/shop_test.hpp"

#include <doctest/doctest.h>

#include "base/zone.hpp"
#include "model/read.hpp"

namespace balcao::office {

namespace {

constexpr std::string_view shop_text = R"(balcao: 1
name: A shop for tests
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {name: Citizen card, duration: 6 min, source: demonstration}
  transport: {name: Transport, duration: 10 min, source: demonstration}
  tax: {name: Taxes, duration: 8 min, source: demonstration}
  deeds: {name: Register of deeds, duration: 12 min, strict_order: true, source: demonstration}
  passport:
    name: Passport
    steps:
      - {at: photo, duration: 3 min, next: counter}
      - {id: counter, at: a, duration: 9 min}
    source: demonstration
sites:
  shop:
    open: {mon-fri: "09:00-17:00"}
    desks:
      a: {count: 2, serves: [identity, transport]}
      b: {count: 1, serves: [tax, deeds]}
      photo: {count: 1}
    tickets: {TICKETS}
    source: demonstration
demand:
  - {service: identity, site: shop, arrivals: {poisson: 10 per hour}, source: demonstration}
)";

}  // namespace

Instant morning() {
    const auto zone = Zone::find("Europe/Lisbon");
    return zone->midnight(*parse_date("2026-01-05")) + std::chrono::hours{9};
}

std::shared_ptr<const model::Model> shop_model(std::string_view tickets) {
    std::string text{shop_text};
    text.replace(text.find("TICKETS"), 7, tickets);
    const model::MemoryFiles files{{{"shop.yaml", text}}};
    auto read = model::read_model("shop.yaml", files, {});
    for (const auto& remark : read.remarks)
        if (remark.severity == model::Severity::mistake) FAIL(format_remark(remark));
    return std::make_shared<const model::Model>(*std::move(read.value));
}

DeskId at(std::string_view desk) {
    const auto id = parse_desk(desk);
    REQUIRE(id.has_value());
    return *id;
}

ServiceKey service(std::string_view name) { return ServiceKey{std::string{name}}; }

Shop::Shop(std::shared_ptr<const model::Model> model)
    : hall{*Layout::of(std::move(model), model::SiteKey{"shop"}), *parse_date("2026-01-05")},
      now{morning(), 9 * 60} {}

void Shop::pass(double minutes) {
    now.at += std::chrono::milliseconds{static_cast<std::int64_t>(minutes * 60'000)};
    now.minute = static_cast<int>((now.at - morning()) / std::chrono::minutes{1}) + 9 * 60;
    hall.rest_until(now.at);
}

std::vector<HallEvent> Shop::accept(const Command& command) {
    auto decision = decide(hall, command, now);
    if (const auto* refusal = std::get_if<Refusal>(&decision))
        FAIL("refused: " << std::string{name_of(refusal->reason)});
    auto events = std::get<std::vector<HallEvent>>(std::move(decision));
    for (const auto& event : events) {
        const auto draft = encode(event);
        journal::Event kept;
        kept.type = draft.type;
        kept.body = draft.body;
        const auto read = decode(kept);
        REQUIRE(read.has_value());
        hall.apply(*read, now.at);
    }
    return events;
}

Refusal Shop::refuse(const Command& command) {
    const auto decision = decide(hall, command, now);
    REQUIRE(std::holds_alternative<Refusal>(decision));
    return std::get<Refusal>(decision);
}

Number Shop::take(std::string_view service_name, Standing standing) {
    return take(TakeTicket{.services = {service(service_name)}, .standing = standing});
}

Number Shop::take(const TakeTicket& command) { return std::get<VisitBegun>(accept(command).front()).number; }

void Shop::open(std::string_view desk) { accept(OpenDesk{at(desk), StaffKey{"of-" + std::string{desk}}}); }

Number Shop::call(std::string_view desk) {
    return std::get<VisitCalled>(accept(CallNext{at(desk)}).front()).number;
}

Number Shop::serve(std::string_view desk) {
    const Number number = call(desk);
    accept(Start{at(desk)});
    return number;
}

const Visit& Shop::visit(Number number) const {
    const Visit* found = hall.find(number);
    REQUIRE(found != nullptr);
    return *found;
}

std::string Shop::state(Number number) const { return std::string{name_of(visit(number).state)}; }

}  // namespace balcao::office

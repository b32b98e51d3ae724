// What a mediator is offered at a spot with a host, as pages say it.
#include "front/rights.hpp"
#include "web/spot_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

std::string hosted(const std::string& until) {
    return town::city_with_wallet() + R"(
protocols:
  parish:
    name: {pt: Protocolo com a junta, en: Protocol with the parish, es: Protocolo con la junta}
    host: registry
    sites: shop
    services: [card, cancel]
    from: 2026-01-01
    until: )" +
           until + R"(
    costs: {pt: Metade cada um., en: Half each., es: La mitad cada uno.}
)";
}

struct HostedTown : Town {
    explicit HostedTown(const std::string& until) : Town{hosted(until).c_str()} {
        agreed_at_screens.is_agreed = front::by_protocols(*office);
    }
};

}  // namespace

TEST_CASE("GO-01 a mediator is offered what the protocol of the place lists, and told why not the rest") {
    const HostedTown town{"2026-01-05"};
    const Clerk clerk{town};
    const auto page = clerk.get("/en/mediation/shop");
    CHECK(has(page, "value=\"service/card\""));
    CHECK_FALSE(has(page, "value=\"service/licence\""));
    CHECK_FALSE(has(page, "value=\"event/wallet\""));  // for which the licence may be needed
    CHECK(has(page, "Not offered here: 2"));
    CHECK(has(page, "What was agreed with the host of this place does not name it."));
    CHECK(has(page, "Protocol with the parish"));
    CHECK(has(page, "Half each."));
    const std::string lesson = "&lesson=show-me%2Fmediator&key=";
    CHECK(clerk.post("/en/mediation/shop", "subject=service%2Fcard" + lesson + std::string(26, '1')).status ==
          303);
    const auto refused =
        clerk.post("/en/mediation/shop", "subject=service%2Flicence" + lesson + std::string(26, '2'));
    CHECK(refused.status == 403);
    CHECK(has(refused, "What was agreed with the host of this place does not cover this today."));
    CHECK(clerk
              .post("/en/mediation/shop",
                    "subject=service%2Flicence&purpose=practice" + lesson + std::string(26, '3'))
              .status == 303);
}

TEST_CASE(
    "GO-01 from midnight on after its last day a protocol's services are offered no more, with the reason") {
    const HostedTown town{"2026-01-04"};
    const Clerk clerk{town};
    const auto page = clerk.get("/en/mediation/shop");
    CHECK_FALSE(has(page, "value=\"service/card\""));
    CHECK(has(page, "It ended on Sunday, 4 January 2026, by this: Protocol with the parish."));
    CHECK(has(clerk.get("/pt/mediation/shop"), "Terminou em domingo, 4 de janeiro de 2026"));
    CHECK(clerk
              .post("/en/mediation/shop",
                    "subject=service%2Fcard&lesson=show-me%2Fmediator&key=" + std::string(26, '1'))
              .status == 403);
}

TEST_CASE("a mediator is offered what something can be asked for in, and not what is told alone") {
    std::string yaml = town::city_with_wallet();
    const std::string events = "\nlife_events:\n";
    REQUIRE(yaml.find(events) != std::string::npos);
    yaml.insert(yaml.find(events) + events.size(),
                "  pay-tax: {name: {pt: Impostos, en: Taxes, es: Impuestos}, services: [tax]}\n");
    const Town town{yaml.c_str()};
    const auto page = Clerk{town}.get("/en/mediation/shop");
    CHECK(has(page, "value=\"event/wallet\""));
    CHECK_FALSE(has(page, "value=\"event/pay-tax\""));
}

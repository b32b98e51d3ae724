// What is told before anything is paid.
#include "pay/quote.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

const model::FactKey speed{"speed"};

// FE-02: 18, 33 or 53 by how fast it is wanted.
model::Service urgent_card() {
    model::Service made;
    made.key = model::ServiceKey{"urgent-card"};
    made.entity = registry;
    made.fee.all = Money{1800};
    const auto line = [](const char* answer, std::int64_t cents) {
        model::ServiceTerms terms;
        terms.when = {model::Condition{speed, {model::AnswerKey{answer}}, {}, {}}};
        terms.fee.emplace().all = Money{cents};
        return terms;
    };
    made.terms = {line("urgent", 3300), line("same-day", 5300)};
    return made;
}

rules::Answers answered(const char* answer) {
    return {{speed, rules::Answer{{model::AnswerKey{answer}}, {}, {}}}};
}

Price price_of(const model::Model& model, const model::ServiceKey& service, const rules::Answers& answers) {
    const auto quote = quote_of(model, {counter, {service}, "7", morning, morning + hours{1}}, answers);
    REQUIRE(quote.has_value());
    return quote->lines[0].price;
}

}  // namespace

TEST_CASE("a quote says what each service costs by that channel, to whom, and by which edition") {
    Town town;
    const Quote quote = town.quote({card, licence}, spot);
    REQUIRE(quote.lines.size() == 2);
    CHECK(quote.edition == "7");
    CHECK(quote.lines[0].entity == registry);
    CHECK(std::get<KnownPrice>(quote.lines[0].price).amount == Money{1500});
    CHECK(quote.lines[1].entity == roads);
    CHECK(total_of(quote) == Money{4500});
}

TEST_CASE("what the model does not say is unknown, and there is no sum of it") {
    Town town;
    const Quote quote = town.quote({card, riddle});
    CHECK(std::holds_alternative<UnknownPrice>(quote.lines[1].price));
    CHECK_FALSE(total_of(quote));
    CHECK(known_part_of(quote) == Money{1800});
    CHECK(refused(town.server.payments.ask({quote}, "")) == "price-unknown");
}

TEST_CASE("FE-01: information and simple services cost nothing, and nothing is not collected") {
    Town town;
    CHECK(total_of(town.quote({advice})) == Money{0});
    CHECK(refused(town.server.payments.ask({town.quote({advice})}, "")) == "nothing-to-pay");
}

TEST_CASE("FE-02: what depends on an answer is a range until it is given, and a range is not collected") {
    Town town;
    town.model.services.push_back(urgent_card());
    const auto key = town.model.services.back().key;
    CHECK(price_of(town.model, key, {}) == Price{PriceRange{Money{1800}, Money{5300}}});
    CHECK(price_of(town.model, key, answered("normal")) == Price{KnownPrice{Money{1800}}});
    CHECK(price_of(town.model, key, answered("urgent")) == Price{KnownPrice{Money{3300}}});
    CHECK(price_of(town.model, key, answered("same-day")) == Price{KnownPrice{Money{5300}}});
    CHECK(refused(town.server.payments.ask({town.quote({key})}, "")) == "price-unknown");
}

TEST_CASE("FE-01: whatever a model says, no channel costs more than the counter") {
    CHECK(rc::check("any fees", [] {
        model::Model model;
        auto& service = model.services.emplace_back();
        service.key = card;
        const auto cents = [] { return Money{*rc::gen::inRange<std::int64_t>(0, 10'000)}; };
        if (*rc::gen::arbitrary<bool>()) service.fee.all = cents();
        for (const auto& channel : {counter, spot, online})
            if (*rc::gen::arbitrary<bool>()) service.fee.by_channel.emplace_back(channel, cents());
        service.simple = *rc::gen::arbitrary<bool>();
        const auto at = [&](const model::ChannelKey& channel) {
            return quote_of(model, {channel, {card}, "1", morning, morning}, {})->lines[0].price;
        };
        const auto at_counter = at(counter);
        const auto* most = std::get_if<KnownPrice>(&at_counter);
        for (const auto& channel : {spot, online, model::ChannelKey{"phone"}}) {
            const auto price = at(channel);
            const auto* known = std::get_if<KnownPrice>(&price);
            if (most == nullptr) continue;
            RC_ASSERT(known != nullptr);
            RC_ASSERT(known->amount.cents <= most->amount.cents);
        }
        // Nothing is made up: what nobody said is known to nobody, but that a simple service is free.
        if (service.fee.empty()) RC_ASSERT((most != nullptr) == service.simple);
    }));
}

TEST_CASE("a quote that was told comes back as it was, and as nobody else can make it") {
    Town town;
    const auto key = crypto::SecretKey::random();
    town.model.services.push_back(urgent_card());
    const Quote quote = town.quote({card, riddle, model::ServiceKey{"urgent-card"}}, online);
    const std::string sealed = seal_quote(quote, key);
    CHECK(*open_quote(sealed, key) == quote);
    CHECK(hash_of(*open_quote(sealed, key)) == hash_of(quote));
    CHECK_FALSE(open_quote(sealed, crypto::SecretKey::random()));
    for (std::size_t place = 0; place < sealed.size(); place += 7) {
        std::string other = sealed;
        other[place] = other[place] == 'A' ? 'B' : 'A';
        CHECK_FALSE(open_quote(other, key));
    }
    Quote cheaper = quote;
    cheaper.lines[0].price = KnownPrice{Money{1}};
    CHECK(hash_of(cheaper) != hash_of(quote));
}

TEST_CASE("a quote holds until its time, though the model changes, and no longer") {
    Town town;
    const Quote quote = town.quote({card});
    town.model.services[0].fee.by_channel = {{counter, Money{9900}}};
    town.clock.pass(hours{23});
    const auto number = good(town.server.payments.ask({quote}, ""));
    CHECK(town.find(number).sum == 1800);
    CHECK(town.find(number).asked.edition == "7");
    CHECK(town.find(number).asked.quote == hash_of(quote));
    town.clock.pass(hours{1});
    CHECK(refused(town.server.payments.ask({quote}, "")) == "quote-over");
}

TEST_CASE("a service that is not there, or named twice, is not quoted") {
    const auto model = city();
    CHECK(
        quote_of(model, {counter, {model::ServiceKey{"nothing"}}, "1", morning, morning}, {}).error().code ==
        Errc::not_found);
    CHECK(quote_of(model, {counter, {card, card}, "1", morning, morning}, {}).error().code == Errc::invalid);
}

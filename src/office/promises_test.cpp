// Promises: made once, moved to an earlier time at most once, kept or broken by the first call.
#include "office/promises.hpp"

#include <doctest/doctest.h>

#include "office/inspect.hpp"
#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;
using std::chrono::minutes;

namespace {

// From five minutes before to that many minutes from now.
PromiseMade in(const Shop& shop, Number number, int at_latest) {
    PromiseMade promise;
    promise.number = number;
    promise.at_latest = promise.to = shop.now.at + minutes{at_latest};
    promise.from = promise.at_latest - minutes{5};
    return promise;
}

std::size_t made(Shop& shop, const PromiseMade& promise) {
    return shop.accept(MakePromises{{promise}}).size();
}

PromiseFate fate(const Shop& shop, Number number) { return fate_of(shop.visit(number), shop.now.at); }

}  // namespace

TEST_CASE("a promise is moved to an earlier time once, and to a later one never") {
    Shop shop;
    const Number number = shop.take("identity");
    CHECK(made(shop, in(shop, number, 30)) == 1);
    CHECK(shop.visit(number).promise->at_latest == shop.now.at + minutes{30});
    CHECK_FALSE(shop.visit(number).promise->was_moved);
    CHECK(made(shop, in(shop, number, 31)) == 0);
    CHECK(made(shop, in(shop, number, 20)) == 1);
    CHECK(shop.visit(number).promise->was_moved);
    CHECK(made(shop, in(shop, number, 10)) == 0);
    CHECK(shop.visit(number).promise->at_latest == shop.now.at + minutes{20});
}

TEST_CASE("nothing is promised to who was called, left or does not exist, nor a range behind its promise") {
    Shop shop;
    shop.open("a-1");
    const Number called = shop.take("identity");
    shop.call("a-1");
    CHECK(made(shop, in(shop, called, 30)) == 0);
    shop.accept(UndoCall{at("a-1")});
    CHECK(made(shop, in(shop, called, 30)) == 1);  // as if it had not been called
    const Number left = shop.take("identity");
    shop.accept(Leave{left});
    CHECK(made(shop, in(shop, left, 30)) == 0);
    CHECK(made(shop, in(shop, Number{77}, 30)) == 0);
    PromiseMade backwards = in(shop, shop.take("tax"), 30);
    backwards.from = backwards.at_latest + minutes{1};
    CHECK(made(shop, backwards) == 0);
}

TEST_CASE("a promise is kept by the first call, whatever comes after it") {
    Shop shop;
    shop.open("a-1");
    const Number early = shop.take("identity");
    made(shop, in(shop, early, 10));
    CHECK(fate(shop, early) == PromiseFate::open);
    shop.pass(4);
    shop.call("a-1");
    CHECK(fate(shop, early) == PromiseFate::open);  // counted when its time has come, as broken ones are
    shop.accept(NotCome{at("a-1")});
    shop.pass(6);
    CHECK(fate(shop, early) == PromiseFate::kept);
    shop.call("a-1");  // again, after the pause
    shop.accept(Start{at("a-1")});
    shop.accept(Transfer{at("a-1"), service("tax")});
    shop.pass(60);
    CHECK(fate(shop, early) == PromiseFate::kept);
}

TEST_CASE("a promise is broken by a call that is late or never comes, and withdrawn by who leaves before") {
    Shop shop;
    shop.open("a-1");
    const Number late = shop.take("identity");
    const Number never = shop.take("tax");
    const Number gone = shop.take("transport");
    const Number gone_late = shop.take("tax");
    for (const Number number : {late, never, gone, gone_late})
        made(shop, in(shop, number, 10));
    shop.pass(5);
    shop.accept(Leave{gone});
    shop.pass(6);
    shop.call("a-1");
    shop.accept(Leave{gone_late});
    CHECK(fate(shop, late) == PromiseFate::broken);
    CHECK(fate(shop, never) == PromiseFate::broken);
    CHECK(fate(shop, gone) == PromiseFate::withdrawn);
    CHECK(fate(shop, gone_late) == PromiseFate::broken);
    const auto record = record_of(shop.hall, shop.now.at);
    CHECK(record.kept == 0);
    CHECK(record.broken == 3);
    CHECK(record.mean_width() == doctest::Approx(5));
    CHECK(record.simulated == 3);
}

TEST_CASE("who is still waiting when the day ends was promised in vain") {
    Shop shop;
    const Number number = shop.take("identity");
    made(shop, in(shop, number, 600));
    shop.pass(500);
    shop.accept(EndDay{});
    CHECK(fate(shop, number) == PromiseFate::broken);
}

TEST_CASE(
    "broken promises make the next ones more careful, kept ones less, and four in five are the balance") {
    PromiseLevel level;
    Shop shop;
    shop.open("a-1");
    std::vector<Number> numbers;
    for (int person = 0; person < 5; ++person) {
        numbers.push_back(shop.take("identity"));
        made(shop, in(shop, numbers.back(), person < 4 ? 10 : 1));  // the fifth is called too late
    }
    shop.pass(5);
    for (int person = 0; person < 5; ++person) {
        shop.serve("a-1");
        shop.accept(Finish{at("a-1")});
    }
    shop.pass(10);
    CHECK(record_of(shop.hall, shop.now.at).share_kept() == doctest::Approx(0.8));
    level.take(shop.hall, shop.now.at);
    CHECK(level.value() == doctest::Approx(0.8));

    Shop bad;
    for (int person = 0; person < 3; ++person)
        made(bad, in(bad, bad.take("identity"), 5));
    bad.pass(6);
    level.take(bad.hall, bad.now.at);
    CHECK(level.value() == doctest::Approx(0.812));
}

TEST_CASE("a stream in which a promise is put off, or made to nobody, is found out") {
    const auto kept = [](const HallEvent& event, std::uint64_t version) {
        const auto draft = encode(event);
        journal::Event one;
        one.stream = "site/shop/2026-01-05";
        one.version = version;
        one.type = draft.type;
        one.body = draft.body;
        return one;
    };
    Shop shop;
    const Number number = shop.take("identity");
    VisitBegun begun;
    begun.number = number;
    begun.legs = shop.visit(number).legs;
    const auto first = in(shop, number, 20);
    const auto earlier = in(shop, number, 10);
    CHECK(inspect({kept(begun, 1), kept(first, 2), kept(earlier, 3)}).empty());
    CHECK(inspect({kept(begun, 1), kept(earlier, 2), kept(first, 3)}).size() == 1);
    CHECK(inspect({kept(begun, 1), kept(first, 2), kept(earlier, 3), kept(in(shop, number, 5), 4)}).size() ==
          1);
    CHECK(inspect({kept(begun, 1), kept(in(shop, Number{9}, 5), 2)}).size() == 1);
}

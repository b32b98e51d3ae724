// What the reader of the journal finds in the streams of money: nothing in a good day, and each fault that is
// put into it, with its place. That nothing is found in the worst weather is a property (property_test.cpp).
#include "pay/inspect_test.hpp"

#include <functional>
#include <type_traits>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

// A day on which a reference, cash and a card pay, something is given back, and a stray comes.
struct InspectedTown : Town {
    InspectedTown() {
        const auto till_key = opened();
        const auto by_reference = paid();
        good(server.payments.give_back(by_reference, {{ItemKey{"card"}, Because::refused}}, ana, "r"));
        server.settle();
        const auto in_cash = asked();
        good(server.tills.take_cash({till_key, ana, "c"}, in_cash, 4'800));
        good(server.payments.give_back(in_cash, {{ItemKey{"licence"}, Because::cancelled}}, ana, "d"));
        good(server.tills.pay_out({till_key, ana, "o"}, in_cash, 1));
        const auto by_card = asked();
        good(server.payments.begin({by_card, terminal, till_key, ana}, "t"));
        server.settle();
        good(server.payments.hear(bank, {{}, "000000000", {"stray", Money{100}, clock.now()}}));
        streams = streams_in(store);
    }

    // The first event of that type, spoilt; false where there is none.
    template <class Event, class Decode>
    void spoil(Decode decode, const std::function<void(Event&)>& change) {
        for (auto& stream : streams)
            for (auto& event : stream.second) {
                if (event.type != Event::type) continue;
                auto decoded = decode(event);
                REQUIRE(decoded.has_value());
                auto said = std::get<Event>(*decoded);
                change(said);
                auto draft = encode(typename std::remove_reference_t<decltype(*decoded)>{said});
                event.body = std::move(draft.body);
                return;
            }
        FAIL("no such event");
    }

    // The last event of that type is not there any more.
    void drop(std::string_view type) {
        for (auto& stream : streams)
            if (!stream.second.empty() && stream.second.back().type == type) {
                stream.second.pop_back();
                return;
            }
        FAIL("no stream ends so");
    }

    [[nodiscard]] bool is_found(const std::string& words) const {
        const auto found = faults_of(streams);
        for (const auto& fault : found)
            if (fault.find(words) != std::string::npos) return true;
        for (const auto& fault : found)
            MESSAGE(fault);
        return false;
    }

    Streams streams;
};

}  // namespace

TEST_CASE("in a day of payments, tills and receipts nothing is found that must not be") {
    const InspectedTown town;
    CHECK(town.streams.size() >= 7);
    for (const auto& fault : faults_of(town.streams))
        FAIL_CHECK(fault);
}

TEST_CASE("a sum that was changed in a payment is found") {
    InspectedTown town;
    town.spoil<MoneyTaken>(decode_payment, [](auto& money) { money.cents += 1; });
    CHECK_FALSE(faults_of(town.streams).empty());
}

TEST_CASE("a refund that was changed is found, in its payment or beside its receipt") {
    InspectedTown town;
    town.spoil<RefundOwed>(decode_payment, [](auto& refund) { refund.parts.front().cents += 100; });
    CHECK_FALSE(faults_of(town.streams).empty());
}

TEST_CASE("a line of a till that was changed is found from both sides") {
    InspectedTown town;
    town.spoil<TillTook>(decode_till, [](auto& line) { line.cents += 1; });
    CHECK(town.is_found("no line of the till says so"));
    CHECK(town.is_found("no payment says so"));
}

TEST_CASE("a page of the book of receipts that is missing, or says another sum, is found") {
    InspectedTown missing;
    missing.drop(ReceiptIssued::type);
    CHECK(missing.is_found("no page of the book of receipts says so"));
    InspectedTown other;
    other.spoil<ReceiptIssued>(decode_book, [](auto& page) { page.cents += 1; });
    CHECK(other.is_found("no payment says so"));
}

TEST_CASE("a reference of a payment that is not there is found") {
    InspectedTown town;
    town.spoil<ReferenceAssigned>(decode_reference, [](auto& given) { given.payment.serial = 999; });
    CHECK(town.is_found("which is not there"));
}

TEST_CASE("numbers out of no run, and runs that do not go on, are found") {
    InspectedTown town;
    town.spoil<NumbersTaken>(decode_numbers, [](auto& run) { run.first = 7; });
    CHECK(town.is_found("does not go on where the run before it ended"));
    InspectedTown none;
    std::erase_if(none.streams, [](const auto& one) { return one.first.starts_with(runs_prefix); });
    CHECK(none.is_found("its number is out of no run that was taken"));
}

TEST_CASE("what nobody wrote cannot be read, and is told with its place") {
    InspectedTown town;
    for (auto& stream : town.streams)
        stream.second.front().type = "nonsense";
    const auto found = faults_of(town.streams);
    CHECK(found.size() >= town.streams.size());
    CHECK(town.is_found("event 1"));
}

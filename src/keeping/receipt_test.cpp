#include "keeping/receipt.hpp"

#include <doctest/doctest.h>

#include "keeping/journal_test.hpp"

using namespace balcao;
using namespace balcao::keeping;

namespace {

TicketName ticket(std::uint32_t number) {
    return {model::SiteKey{"shop"}, *parse_date("2026-01-05"), office::Number{number}};
}

}  // namespace

TEST_CASE("a ticket is named by its place in the record, or by the address of its page") {
    CHECK(ticket_of("shop/2026-01-05/7") == ticket(7));
    CHECK(ticket_of("site/shop/2026-01-05/7") == ticket(7));
    CHECK(ticket_of("https://balcao.example/pt/tickets/shop.2026-01-05.7.AbC") == ticket(7));
    CHECK(ticket_of("shop.2026-01-05.7") == ticket(7));
    for (const auto* other :
         {"", "shop", "shop/2026-01-05", "shop/today/7", "shop/2026-01-05/seven", "/2026-01-05/7"})
        CHECK_FALSE(ticket_of(other));
}

TEST_CASE("a receipt of a ticket holds every step of its visit, and is checked without the journal") {
    Journal journal;
    journal.give_out(1, 5);
    office::VisitLeft left;
    left.number = office::Number{3};
    journal.write({office::encode(left)});
    journal.take();
    const auto receipt = receipt_of(journal.store, journal.log, ticket(3));
    REQUIRE(receipt);
    const auto read = read_receipt(*receipt, journal.log.verifier());
    REQUIRE_MESSAGE(read, (read ? "" : read.error().what));
    REQUIRE(read->events.size() == 2);
    CHECK(read->events[0].starts_with("2025-12-18 10:00:00 UTC visit-begun {"));
    CHECK(read->events[1].starts_with("2025-12-18 10:00:00 UTC visit-left {"));
    CHECK(read->stream == "site/shop/2026-01-05");
    CHECK(read->head.head.size == 6);
    CHECK_FALSE(read->is_own_key);
    CHECK(read_receipt(*receipt, "")->is_own_key);
}

TEST_CASE("a receipt that was changed anywhere, or is of another city, does not hold") {
    Journal journal;
    journal.give_out(1, 3);
    journal.take();
    const auto receipt = *receipt_of(journal.store, journal.log, ticket(2));
    auto changed = receipt;
    const std::string said = R"(\\\"number\\\": 2)";
    REQUIRE(changed.find(said) != std::string::npos);
    changed[changed.find(said) + said.size() - 1] = '1';
    const auto refused = read_receipt(changed, journal.log.verifier());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what ==
          "Event 1 of it: The proof does not lead from the entry to the checkpoint's root.");
    const auto other = signing_key_of(crypto::SecretKey::random());
    CHECK_FALSE(read_receipt(receipt, journal::verifier_of("balcao/town", other.public_key())));
    CHECK_FALSE(read_receipt("{}", ""));
    CHECK_FALSE(read_receipt("no JSON", ""));
}

TEST_CASE("a ticket that nobody took has no receipt, and one of a moment ago has it soon") {
    Journal journal;
    journal.give_out(1, 1);
    CHECK(receipt_of(journal.store, journal.log, ticket(2)).error().code == Errc::not_found);
    CHECK(receipt_of(journal.store, journal.log, ticket(1)).error().code == Errc::conflict);
    journal.take();
    CHECK(receipt_of(journal.store, journal.log, ticket(1)));
}

#pragma once
// The receipt of a ticket, a case or a session: every event of that visit, or all that happened to it, each
// with the path that leads from it to a signed head of the log, so that an outsider sees with nothing but
// hashes and the city's public key that it is in the record and was not changed. Used by `balcao receipt` and
// `verify --receipt`, and by the pages of tickets and cases. A receipt holds no personal data: what an event
// says of a person is sealed.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"
#include "cases/case_number.hpp"
#include "journal/log.hpp"
#include "journal/store.hpp"
#include "model/keys.hpp"
#include "office/visit.hpp"

namespace balcao::keeping {

struct TicketName {
    model::SiteKey site;
    Date date{};
    office::Number number;
    friend bool operator==(const TicketName&, const TicketName&) = default;
};

// "baixa/2026-11-24/117", or the link of a ticket's page ("…/tickets/baixa.2026-11-24.117.…"), whose
// signature is not asked for: who keeps the journal may see every ticket. Nothing for anything else.
std::optional<TicketName> ticket_of(std::string_view text);

// "2026-000123", the same as its stream "case/2026-000123", or the link of its page
// ("…/cases/2026-000123.…"), likewise. Nothing for anything else.
std::optional<cases::CaseNumber> case_of(std::string_view text);

// The stream of the hall in which the ticket was given out: "site/baixa/2026-11-24".
std::string stream_of(const TicketName& ticket);

// As JSON: {"receipt": 1, "log": …, "events": [{"entry", "index", "proof", "checkpoint"}, …]}. Error:
// not_found when no such ticket was given out, conflict while the notary has not taken it into the log (which
// it does within seconds), unavailable, invalid.
Result<std::string> receipt_of(const journal::Store& store,
                               const journal::Log& log,
                               const TicketName& ticket);

// The same of a case, from its submission to the last event that the notary has taken.
Result<std::string> receipt_of(const journal::Store& store,
                               const journal::Log& log,
                               const cases::CaseNumber& number);

// The same of the stream of a session at a double screen, "assist/…".
Result<std::string> receipt_of_session(const journal::Store& store,
                                       const journal::Log& log,
                                       const std::string& stream);

struct ReceiptRead {
    std::string log;                  // the public key that it was checked with
    bool is_own_key = false;          // that key stood in the receipt itself, and nowhere else
    std::vector<std::string> events;  // "2026-11-22 10:03:12 UTC visit-begun {…}", each
    std::string stream;
    journal::Checkpoint head;  // the last that it leads to
};

// Checks a receipt without database or model; that of a case also leaves nothing out. `verifier` empty: with
// the key that the receipt names, which then proves only that it is all of one piece. Error: invalid, with
// what does not hold.
Result<ReceiptRead> read_receipt(std::string_view json, std::string_view verifier);

}  // namespace balcao::keeping

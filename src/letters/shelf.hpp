#pragma once
// The letters that are owed and not settled, and the notices that are wanted, as the fold of the journal's
// events. Internal to `letters`; the outbox decides on it. It knows no clock, and keeps nothing of what is
// settled.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "journal/settle.hpp"
#include "letters/letter_event.hpp"

namespace balcao::letters {

struct Waiting {
    Owed owed;
    journal::StreamEnd end;  // of its own stream
    int attempts = 0;
    Instant not_before{};
    bool has_failed = false;
    std::string why{};  // of the last failure
    Instant failed_at{};
};

// Who wants to be told of a ticket.
struct Notice {
    journal::StreamEnd end;
    int rung = 0;  // messages so far
    bool is_open = false;
    int ahead = 0;
    booking::PersonName person;
    std::string contact;
};

class Shelf {
public:
    // An event of any stream as the journal tells it, those of one stream in order. Error: invalid.
    Result<void> apply(const journal::Event& event);
    // One that was written here just now; the journal tells it once more.
    Result<void> apply_own(const journal::Event& event);

    [[nodiscard]] const std::map<LetterKey, Waiting>& letters() const { return letters_; }

    [[nodiscard]] const std::map<TicketName, Notice>& notices() const { return notices_; }

    // Notices of days before that one are let go of.
    void forget_before(Date date);

private:
    Result<void> apply_book(const journal::Event& event, const model::SiteKey& site);
    Result<void> hear_letter(const LetterKey& letter, const journal::Event& event);
    Result<void> apply_case(const journal::Event& event, const cases::CaseNumber& number);
    Result<bool> apply_letter(const LetterKey& letter, const journal::Event& event);
    Result<void> apply_notice(const TicketName& ticket, const journal::Event& event);
    void owe(Owed owed);

    std::map<LetterKey, Waiting> letters_;
    std::map<TicketName, Notice> notices_;
    std::set<LetterKey> settled_here_;                        // of which the journal has not told the end yet
    std::map<LetterKey, std::vector<journal::Event>> early_;  // of letters whose reason was not heard of yet
};

}  // namespace balcao::letters

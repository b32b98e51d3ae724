#include "letters/shelf.hpp"

#include "booking/booking_event.hpp"

namespace balcao::letters {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr auto useful = hours{72};  // a letter that comes later helps nobody
constexpr auto notice_useful = minutes{30};

const std::string book_prefix = "book/";

// The site of a stream of bookings; nothing for any other.
std::optional<model::SiteKey> site_of_book(std::string_view stream) {
    if (!stream.starts_with(book_prefix)) return std::nullopt;
    const auto rest = stream.substr(book_prefix.size());
    return model::SiteKey{std::string{rest.substr(0, rest.find('/'))}};
}

// What an event of a booking owes; nothing for most.
struct Reading {
    Owed owed;
    bool is_owed = false;

    void owes(Kind kind) {
        owed.kind = kind;
        is_owed = true;
    }

    void operator()(const booking::BookingHeld& event) {
        // By staff, at once.
        if (!event.what.person.empty() && event.until == Instant{}) owes(Kind::confirmed);
    }

    void operator()(const booking::ContactGiven& event) {
        owes(event.until == Instant{} ? Kind::confirmed : Kind::confirm);
        owed.epoch = event.epoch;
        if (event.until != Instant{}) owed.until = event.until;
    }

    void operator()(const booking::BookingConfirmed&) { owes(Kind::confirmed); }

    void operator()(const booking::LinkRenewed&) { owes(Kind::confirmed); }

    void operator()(const booking::BookingMovedHere& event) {
        owes(Kind::moved);
        owed.moves = event.moves;
        owed.before = event.start;
        owed.is_by_staff = !event.by.empty();
    }

    void operator()(const booking::BookingCancelled& event) {
        if (event.person.empty()) return;
        owes(Kind::cancelled);
        owed.person = event.person;
        owed.contact = event.contact;
        owed.is_by_staff = !event.by.empty();
        owed.reason = event.reason;
    }

    void operator()(const booking::ReminderHandedOut&) { owes(Kind::reminder); }

    template <class Other>
    void operator()(const Other&) {}
};

void apply_to(Waiting& waiting, const LetterTaken& event, Instant) {
    waiting.not_before = event.until;
    ++waiting.attempts;
}

void apply_to(Waiting& waiting, const LetterDeferred& event, Instant) {
    waiting.not_before = event.again;
    waiting.why = event.why;
}

void apply_to(Waiting& waiting, const LetterFailed& event, Instant at) {
    waiting.has_failed = true;
    waiting.why = event.why;
    waiting.failed_at = at;
}

void apply_to(Waiting& waiting, const LetterRetried& event, Instant) {
    waiting.has_failed = false;
    waiting.attempts = 0;
    waiting.not_before = {};
    waiting.owed.until = event.until;
}

}  // namespace

Result<void> Shelf::apply(const journal::Event& event) {
    if (const auto site = site_of_book(event.stream)) return apply_book(event, *site);
    if (const auto letter = letter_of_stream(event.stream)) return hear_letter(*letter, event);
    if (const auto ticket = ticket_of_stream(event.stream)) return apply_notice(*ticket, event);
    if (const auto number = cases::case_of_stream(event.stream)) return apply_case(event, *number);
    return {};
}

Result<void> Shelf::apply_own(const journal::Event& event) {
    const auto letter = letter_of_stream(event.stream);
    if (!letter) return apply(event);
    BALCAO_TRY(const bool is_settled, apply_letter(*letter, event));
    if (is_settled) settled_here_.insert(*letter);
    return {};
}

Result<void> Shelf::hear_letter(const LetterKey& letter, const journal::Event& event) {
    if (!settled_here_.contains(letter)) {
        BALCAO_TRY([[maybe_unused]] const bool is_settled, apply_letter(letter, event));
        return {};
    }
    if (event.type == LetterSent::type || event.type == LetterDropped::type) settled_here_.erase(letter);
    return {};
}

Result<void> Shelf::apply_book(const journal::Event& event, const model::SiteKey& site) {
    BALCAO_TRY(const auto decoded, booking::decode_book(event));
    Reading reading;
    reading.owed.id = letter_of(event);
    reading.owed.booking = booking::booking_of(decoded);
    reading.owed.site = site;
    reading.owed.at = event.at;
    reading.owed.until = event.at + useful;
    std::visit(reading, decoded);
    if (reading.is_owed) owe(std::move(reading.owed));
    return {};
}

Result<void> Shelf::apply_case(const journal::Event& event, const cases::CaseNumber& number) {
    Owed owed;
    owed.id = letter_of(event);
    owed.request = number;
    owed.at = event.at;
    owed.until = event.at + useful;
    if (event.type == cases::CaseOpened::type) {
        owed.kind = Kind::case_opened;
        owe(std::move(owed));
    } else if (event.type == cases::CitizenAsked::type) {
        BALCAO_TRY(const auto decoded, cases::decode_case(event));
        owed.kind = Kind::case_asked;
        owed.step = std::get<cases::CitizenAsked>(decoded).step;
        owe(std::move(owed));
    }
    return {};
}

void Shelf::owe(Owed owed) {
    const LetterKey id = owed.id;
    if (letters_.contains(id)) return;
    letters_[id].owed = std::move(owed);
    const auto early = early_.extract(id);
    if (early.empty()) return;
    for (const auto& event : early.mapped())
        (void)apply_letter(id, event).has_value();  // it was read once
}

// Whether that was its end.
Result<bool> Shelf::apply_letter(const LetterKey& letter, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, decode_letter(event));
    if (const auto* asked = std::get_if<LetterAsked>(&decoded)) {
        Owed owed;
        owed.id = letter;
        owed.kind = asked->kind;
        owed.person = asked->person;
        owed.contact = asked->contact;
        owed.at = event.at;
        owed.until = event.at + useful;
        owe(std::move(owed));
    }
    const auto found = letters_.find(letter);
    if (found == letters_.end()) {
        early_[letter].push_back(event);
        return false;
    }
    Waiting& waiting = found->second;
    if (event.version <= waiting.end.version) return false;
    waiting.end = {event.version, event.salt};
    if (std::holds_alternative<LetterSent>(decoded) || std::holds_alternative<LetterDropped>(decoded)) {
        letters_.erase(found);
        return true;
    }
    std::visit(
        [&](const auto& one) {
            if constexpr (requires { apply_to(waiting, one, event.at); }) apply_to(waiting, one, event.at);
        },
        decoded);
    return false;
}

Result<void> Shelf::apply_notice(const TicketName& ticket, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, decode_notice(event));
    Notice& notice = notices_[ticket];
    if (event.version <= notice.end.version) return {};
    notice.end = {event.version, event.salt};
    if (const auto* asked = std::get_if<NoticeAsked>(&decoded)) {
        notice.is_open = true;
        notice.ahead = asked->ahead;
        notice.person = asked->person;
        notice.contact = asked->contact;
        return {};
    }
    if (const auto* rung = std::get_if<NoticeRung>(&decoded)) {
        Owed owed;
        owed.id = letter_of(event);
        owed.kind = Kind::notice;
        owed.site = ticket.site;
        owed.ticket = ticket;
        owed.ahead = rung->ahead;
        owed.at = event.at;
        owed.until = event.at + notice_useful;
        owed.person = notice.person;
        owed.contact = notice.contact;
        ++notice.rung;
        owe(std::move(owed));
    }
    notice.is_open = false;
    notice.person = {};
    notice.contact.clear();
    return {};
}

void Shelf::forget_before(Date date) {
    std::erase_if(notices_, [&](const auto& one) { return one.first.date < date && !one.second.is_open; });
}

}  // namespace balcao::letters

// Who a booking is for: named, limited, confirmed.
#include "text/contact.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "booking/bookings.hpp"
#include "booking/draft.hpp"
#include "booking/members.hpp"
#include "journal/codec.hpp"
#include "text/utf8.hpp"

namespace balcao::booking {
namespace {

constexpr std::size_t language_bytes_most = 16;
constexpr int changes_most = 5;  // of who it is for, by the person: each writes to somebody

Contact trimmed_all(const Contact& contact) {
    return {trimmed(contact.name), trimmed(contact.mail), trimmed(contact.phone), trimmed(contact.note),
            trimmed(contact.language)};
}

bool is_control(char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; }

bool is_fit(std::string_view text, std::size_t letters_most) {
    return !find_invalid_utf8(text) && text::display_width(text) <= letters_most &&
           std::none_of(text.begin(), text.end(),
                        [](char letter) { return is_control(letter) && letter != '\n'; });
}

bool has(const std::vector<std::string>& marks, const std::string& mark) {
    return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

}  // namespace

std::string write_contact(const Contact& contact) { return journal::write_members(contact); }

std::optional<Contact> read_contact(std::string_view text) {
    auto contact = journal::read_members<Contact>(text, "contact");
    return contact ? std::optional{*std::move(contact)} : std::nullopt;
}

std::optional<Reason> Bookings::fault_of(const Contact& contact, bool is_clerk) const {
    const Contact given = trimmed_all(contact);
    if (given.name.empty()) return Reason::name_missing;
    if (!is_fit(given.name, settings_.name_letters_most) || given.name.find('\n') != std::string::npos)
        return Reason::name_unfit;
    if (given.mail.empty() && given.phone.empty() && !is_clerk) return Reason::contact_missing;
    if (!given.mail.empty() && !text::is_mail_address(given.mail)) return Reason::mail_unfit;
    if (!given.phone.empty() && !text::is_phone_number(given.phone)) return Reason::phone_unfit;
    if (!is_fit(given.note, settings_.note_letters_most) || !is_fit(given.language, language_bytes_most))
        return Reason::note_unfit;
    return std::nullopt;
}

bool Bookings::is_exempt(const Contact& contact) const {
    const std::string mail = folded_mail(contact.mail);
    return !mail.empty() &&
           std::any_of(settings_.exempt.begin(), settings_.exempt.end(), [&](const std::string& one) {
               const std::string exempt = folded_mail(one);
               return exempt.starts_with('@') ? mail.ends_with(exempt) : mail == exempt;
           });
}

// A name for somebody new, each time: what was said before is destroyed with its key.
Answer<Bookings::Given> Bookings::seal(const Contact& contact) {
    const Contact clean = trimmed_all(contact);
    Given given;
    given.person = PersonName{journal::Persons::new_person()};
    journal::Commit commit;
    auto sealed = persons_.seal(given.person.text(), "contact", journal::write_members(clean), commit);
    if (!sealed) return Refusal{Reason::unavailable};
    given.contact = *std::move(sealed);
    given.keys = std::move(commit.keys);
    for (auto& mark :
         {links_.mark_of_mail(clean.mail), links_.mark_of_phone(clean.phone, settings_.phone_prefix)})
        if (!mark.empty()) given.marks.push_back(mark);
    given.is_exempt = is_exempt(clean);
    given.has_phone = !clean.phone.empty();
    return given;
}

Answer<Slip> Bookings::give_contact(const Hand& hand, const Contact& contact, const std::string& key) {
    auto asking = who_changes(hand);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    const auto& by = std::get<Asking>(asking);
    if (const auto fault = fault_of(contact, by.is_clerk)) return Refusal{*fault};
    const auto sealed = seal(contact);
    if (const auto* refusal = std::get_if<Refusal>(&sealed)) return *refusal;
    const auto& given = std::get<Given>(sealed);
    return told({"give-contact", by, key, {{}, given.marks}},
                [&](Draft& draft, const Found& found) { return name_person(draft, found, by, given); });
}

std::optional<Refusal> Bookings::name_person(Draft& draft,
                                             const Found& found,
                                             const Asking& by,
                                             const Given& given) const {
    const auto& [booking, record, where] = found;
    if (is_lapsed(record.state, draft.now())) return Refusal{Reason::hold_over};
    const bool is_held = until_of(record.state).has_value();
    if (!is_held && !std::holds_alternative<Confirmed>(record.state))
        return Refusal{Reason::is_over, record.what.start};
    if (is_call(record.what.channel) && !given.has_phone) return Refusal{Reason::phone_missing};
    if (!by.is_clerk && record.namings > changes_most) return Refusal{Reason::too_many_changes};
    for (const auto& mark : given.marks)
        if (!by.is_clerk && !given.is_exempt && !has(record.what.marks, mark))
            if (const auto refusal = too_many(draft, found, mark)) return refusal;

    ContactGiven event{booking, given.person, given.contact, given.marks, given.is_exempt, 0, {}, by.clerk};
    event.epoch = record.what.epoch + (is_held || record.what.epoch == 0 ? 1 : 0);
    if (is_held) event.until = *until_of(record.state);
    if (std::holds_alternative<Held>(record.state)) {
        const auto& limits = draft.calendar(where.site).plan().limits;
        event.until = draft.now() + std::chrono::ceil<std::chrono::milliseconds>(limits.hold);
    }
    draft.record(where, event);
    draft.commit.keys = given.keys;
    draft.forget(record.what.person);
    for (const auto& mark : record.what.marks)
        if (!has(given.marks, mark)) draft.record(mark, BookingLeft{booking});
    for (const auto& mark : given.marks)
        draft.record(mark, BookingTaken{booking, where.site, record.what.start, event.until});
    Placed what = record.what;
    what.person = given.person;
    what.epoch = event.epoch;
    draft.commit.answer = journal::write_members(told_of(booking, where.site, what, event.until));
    return std::nullopt;
}

// Whether the booking would be one too many of a mark.
std::optional<Refusal> Bookings::too_many(const Draft& draft,
                                          const Found& found,
                                          const std::string& mark) const {
    const auto& what = found.record.what;
    if (what.is_staff) return std::nullopt;
    const auto own = draft.booker(mark).own(found.where.site, found.booking, draft.now());
    const Wanted wanted{found.where.site, what.services, what.channel, what.start, what.window, {}};
    const auto judged = judge(draft, wanted, {own}, found.record.number);
    const auto* refusal = std::get_if<Refusal>(&judged);
    if (refusal == nullptr) return std::nullopt;
    // What else speaks against the slot now did not when it was held.
    if (refusal->reason != Reason::too_many_open && refusal->reason != Reason::too_many_that_day)
        return std::nullopt;
    return *refusal;
}

Answer<Slip> Bookings::confirm(const Hand& hand, const std::string& key) {
    auto asking = who_asks(hand);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    const auto& by = std::get<Asking>(asking);
    if (!by.is_clerk && (!by.link || by.link->right != Right::confirmation))
        return Refusal{Reason::no_such_booking};
    return told({"confirm", by, key}, [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
        const auto& [booking, record, where] = found;
        if (is_lapsed(record.state, draft.now())) return Refusal{Reason::hold_over};
        if (std::holds_alternative<Held>(record.state)) return Refusal{Reason::no_contact_yet};
        if (record.state.index() > State{Arrived{}}.index())
            return Refusal{Reason::is_over, record.what.start};
        if (std::holds_alternative<Preconfirmed>(record.state)) {
            draft.record(where, BookingConfirmed{booking, by.clerk});
            for (const auto& mark : record.what.marks)
                draft.record(mark, BookingTaken{booking, where.site, record.what.start, {}});
        }
        draft.commit.answer = journal::write_members(told_of(booking, where.site, record.what, {}));
        return std::nullopt;
    });
}

}  // namespace balcao::booking

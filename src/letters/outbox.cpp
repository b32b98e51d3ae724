#include "letters/outbox.hpp"

#include <algorithm>

#include "crypto/hash.hpp"

namespace balcao::letters {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr auto lease = seconds{90};  // longer than carrying one letter can take
constexpr auto first_pause = seconds{20};
constexpr auto longest_pause = hours{1};
constexpr auto shown_to_staff = days{14};
constexpr auto second_chance = days{1};
constexpr auto links_once_in = minutes{10};

Instant end_of_list(const Waiting& waiting) {
    return std::max(waiting.failed_at, waiting.owed.until) + shown_to_staff;
}

}  // namespace

Outbox::Outbox(journal::Store& store, const Clock& clock, const crypto::SecretKey& installation)
    : store_{store}, clock_{clock}, persons_{store, installation} {}

Result<std::size_t> Outbox::catch_up(std::size_t limit) {
    const std::lock_guard following{following_};
    BALCAO_TRY(const auto followed, store_.follow(cursor_, limit));
    const std::lock_guard lock{mutex_};
    for (const auto& event : followed.events)
        if (auto applied = shelf_.apply(event); !applied) return applied.error();
    cursor_ = followed.next;
    return followed.events.size();
}

std::vector<Waiting> Outbox::due() {
    const Instant now = clock_.now();
    std::erase_if(resting_, [&](const auto& one) { return one.second <= now; });
    const std::lock_guard lock{mutex_};
    std::vector<Waiting> due;
    for (const auto& [id, waiting] : shelf_.letters())
        if (!resting_.contains(id) &&
            (waiting.has_failed ? now >= end_of_list(waiting) : now >= waiting.not_before))
            due.push_back(waiting);
    std::sort(due.begin(), due.end(),
              [](const Waiting& a, const Waiting& b) { return a.owed.at < b.owed.at; });
    return due;
}

// False when another server was first: its event comes with the next catch_up.
Result<bool> Outbox::record(Waiting& waiting, const LetterEvent& event) {
    journal::Commit commit;
    journal::append(commit, stream_of(waiting.owed.id), waiting.end, encode(event), clock_.now());
    const bool is_over =
        std::holds_alternative<LetterSent>(event) || std::holds_alternative<LetterDropped>(event);
    if (is_over && !waiting.owed.person.empty()) journal::Persons::erase(waiting.owed.person.text(), commit);
    const journal::Event written = commit.writings.front().events.front();
    const auto outcome = journal::write_and_wait(store_, std::move(commit));
    if (outcome == journal::Outcome::unavailable)
        return Error{Errc::unavailable, "what became of a letter cannot be written now"};
    if (outcome != journal::Outcome::written) return false;
    waiting.end = {written.version, written.salt};
    const std::lock_guard lock{mutex_};
    if (auto applied = shelf_.apply_own(written); !applied) return applied.error();
    return true;
}

Result<std::optional<booking::Contact>> Outbox::contact_of(const Owed& owed) const {
    if (owed.person.empty()) return std::optional<booking::Contact>{};
    BALCAO_TRY(const auto text, persons_.open(owed.person.text(), "contact", owed.contact));
    return text ? booking::read_contact(*text) : std::nullopt;
}

// The pause doubles, and is drawn from three to five quarters of that: many letters that failed together do
// not come back together.
Instant Outbox::again(const Waiting& waiting) const {
    std::chrono::milliseconds pause = first_pause;
    for (int attempt = 1; attempt < waiting.attempts && pause < longest_pause; ++attempt)
        pause *= 2;
    pause = std::min<std::chrono::milliseconds>(pause, longest_pause);
    const auto hash = crypto::sha256({waiting.owed.id.text(), std::to_string(waiting.attempts)});
    return clock_.now() + pause * (192 + hash[0] / 2) / 256;
}

// Staff see what could not be delivered, but for a notice: the turn has come, and who it was for is
// forgotten.
LetterEvent Outbox::failed(const Waiting& waiting, const std::string& why) const {
    if (waiting.owed.kind == Kind::notice) return LetterDropped{};
    return LetterFailed{why};
}

// The last try comes shortly before nobody needs the letter any more.
LetterEvent Outbox::put_off(const Waiting& waiting, const std::string& why) const {
    if (clock_.now() + first_pause >= waiting.owed.until) return failed(waiting, why);
    return LetterDeferred{why, std::min<Instant>(again(waiting), waiting.owed.until - first_pause / 2)};
}

// What was never tried about a case is nothing that staff could mend: its page has told it since.
Result<bool> Outbox::settle_late(Waiting& waiting) {
    const Instant now = clock_.now();
    const bool is_old_news = is_of_case(waiting.owed) && waiting.attempts == 0;
    if (is_old_news || now >= end_of_list(waiting)) return record(waiting, LetterDropped{});
    return record(waiting, failed(waiting, waiting.why.empty() ? "late" : waiting.why));
}

// Whether it was delivered.
Result<bool> Outbox::carry(Waiting waiting, const Write& write, Carrier& carrier) {
    if (waiting.has_failed || clock_.now() >= waiting.owed.until) {
        BALCAO_TRY([[maybe_unused]] const bool is_written, settle_late(waiting));
        return false;
    }
    BALCAO_TRY(const auto contact, contact_of(waiting.owed));
    const bool is_erased = !waiting.owed.person.empty() && !contact;
    const Written written = is_erased ? Written{Unneeded{}} : write(waiting.owed, contact);
    if (std::holds_alternative<Unneeded>(written)) {
        BALCAO_TRY([[maybe_unused]] const bool is_written, record(waiting, LetterDropped{}));
        return false;
    }
    const auto* message = std::get_if<Message>(&written);
    if (message != nullptr && !carrier.is_open_for(*message)) {
        resting_[waiting.owed.id] = clock_.now() + first_pause / 2;
        return false;
    }
    BALCAO_TRY(const bool is_ours, record(waiting, LetterTaken{clock_.now() + lease}));
    if (!is_ours) return false;
    ++waiting.attempts;
    Delivery delivery{Outcome::not_now, "words"};
    if (message != nullptr) delivery = carrier.carry(*message);
    const auto next = [&]() -> LetterEvent {
        if (delivery.outcome == Outcome::delivered) return LetterSent{};
        if (delivery.outcome == Outcome::refused) return failed(waiting, delivery.why);
        return put_off(waiting, delivery.why);
    };
    const LetterEvent event = next();
    BALCAO_TRY([[maybe_unused]] const bool is_written, record(waiting, event));
    return std::holds_alternative<LetterSent>(event);
}

Result<std::size_t> Outbox::carry_due(const Write& write,
                                      Carrier& carrier,
                                      const std::function<bool()>& stops) {
    std::size_t delivered = 0;
    for (const Waiting& waiting : due()) {
        if (stops()) break;
        BALCAO_TRY(const bool is_delivered, carry(waiting, write, carrier));
        if (is_delivered) ++delivered;
    }
    return delivered;
}

Result<void> Outbox::remind(booking::Bookings& bookings, const model::Model& model, Instant now) {
    std::map<model::SiteKey, std::chrono::milliseconds> before;
    std::chrono::milliseconds longest{};
    for (const auto& site : model.sites) {
        if (site.appointments.windows.empty()) continue;
        before[site.key] = std::chrono::ceil<std::chrono::milliseconds>(site.appointments.remind);
        longest = std::max(longest, before[site.key]);
    }
    const auto found = bookings.due_reminders(now, now + longest + std::chrono::milliseconds{1});
    const auto* due = std::get_if<std::vector<booking::Appointment>>(&found);
    if (due == nullptr) return Error{Errc::unavailable, "appointments to be reminded of cannot be read now"};
    for (const auto& appointment : *due) {
        const Instant from = appointment.start - before[appointment.site];
        // Who booked it after that remembers.
        if (now < from || appointment.made >= from || !appointment.contact) continue;
        const auto key = "remind/" + std::to_string(appointment.start.time_since_epoch().count());
        (void)bookings.remind(appointment.booking, key);  // refused: another server was first
    }
    return {};
}

Result<void> Outbox::ask_links(const booking::Contact& to, const std::string& mark) {
    const auto slot = clock_.now().time_since_epoch() / links_once_in;
    journal::Commit commit;
    commit.command = "letters/links/" + mark + "/" + std::to_string(slot);
    const booking::PersonName person{journal::Persons::new_person()};
    BALCAO_TRY(auto sealed, persons_.seal(person.text(), "contact", booking::write_contact(to), commit));
    const auto id = crypto::sha256({commit.command});
    const LetterKey letter{crypto::to_hex(crypto::bytes_of(id).substr(0, 15))};
    journal::append(commit, stream_of(letter), {},
                    encode(LetterAsked{Kind::links, person, std::move(sealed)}), clock_.now());
    if (journal::write_and_wait(store_, std::move(commit)) == journal::Outcome::unavailable)
        return Error{Errc::unavailable, "a letter cannot be asked for now"};
    return {};
}

std::vector<Undelivered> Outbox::undelivered() const {
    const std::lock_guard lock{mutex_};
    std::vector<Undelivered> all;
    for (const auto& [id, waiting] : shelf_.letters())
        if (waiting.has_failed)
            all.push_back({waiting.owed, waiting.why, waiting.failed_at, waiting.attempts});
    std::sort(all.begin(), all.end(),
              [](const Undelivered& a, const Undelivered& b) { return a.since > b.since; });
    return all;
}

std::vector<Undelivered> Outbox::undelivered_at(const model::SiteKey& site) const {
    auto all = undelivered();
    std::erase_if(all,
                  [&](const Undelivered& one) { return one.owed.site != site && !one.owed.site.empty(); });
    return all;
}

std::size_t Outbox::waiting() const {
    const std::lock_guard lock{mutex_};
    return shelf_.letters().size();
}

std::optional<Waiting> Outbox::find(const LetterKey& letter) const {
    const std::lock_guard lock{mutex_};
    const auto found = shelf_.letters().find(letter);
    return found == shelf_.letters().end() ? std::nullopt : std::optional{found->second};
}

Result<bool> Outbox::by_staff(const LetterKey& letter, const LetterEvent& event) {
    auto waiting = find(letter);
    if (!waiting || !waiting->has_failed) return false;
    return record(*waiting, event);
}

Result<bool> Outbox::try_again(const LetterKey& letter, const booking::ClerkKey& by) {
    return by_staff(letter, LetterRetried{by, clock_.now() + second_chance});
}

Result<bool> Outbox::set_aside(const LetterKey& letter, const booking::ClerkKey& by) {
    return by_staff(letter, LetterDropped{by});
}

}  // namespace balcao::letters

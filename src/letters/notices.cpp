// Who wants to be told when a ticket's turn is near.
#include "letters/outbox.hpp"

namespace balcao::letters {

Result<bool> Outbox::record(const TicketName& ticket,
                            Notice& notice,
                            const NoticeEvent& event,
                            journal::Commit with) {
    journal::append(with, stream_of(ticket), notice.end, encode(event), clock_.now());
    const journal::Event written = with.writings.front().events.front();
    const auto outcome = journal::write_and_wait(store_, std::move(with));
    if (outcome == journal::Outcome::unavailable)
        return Error{Errc::unavailable, "a notice cannot be written now"};
    if (outcome != journal::Outcome::written) return false;
    const std::lock_guard lock{mutex_};
    if (auto applied = shelf_.apply_own(written); !applied) return applied.error();
    notice = shelf_.notices().at(ticket);
    return true;
}

NoticeAnswer Outbox::ask_notice(const TicketName& ticket, int ahead, const booking::Contact& to) {
    constexpr int tries_most = 20;
    constexpr std::size_t all = 10'000;
    for (int tries = 0; tries < tries_most; ++tries) {
        Notice notice;
        {
            const std::lock_guard lock{mutex_};
            const auto found = shelf_.notices().find(ticket);
            if (found != shelf_.notices().end()) notice = found->second;
        }
        if (notice.rung >= notices_most) return NoticeAnswer::too_often;
        journal::Commit commit;
        if (!notice.person.empty()) journal::Persons::erase(notice.person.text(), commit);
        const booking::PersonName person{journal::Persons::new_person()};
        auto sealed = persons_.seal(person.text(), "contact", booking::write_contact(to), commit);
        if (!sealed) return NoticeAnswer::unavailable;
        const auto done =
            record(ticket, notice, NoticeAsked{ahead, person, *std::move(sealed)}, std::move(commit));
        if (!done) return NoticeAnswer::unavailable;
        if (*done) return NoticeAnswer::taken;
        if (!catch_up(all)) return NoticeAnswer::unavailable;
    }
    return NoticeAnswer::unavailable;
}

std::optional<int> Outbox::open_notice(const TicketName& ticket) const {
    const std::lock_guard lock{mutex_};
    const auto found = shelf_.notices().find(ticket);
    if (found == shelf_.notices().end() || !found->second.is_open) return std::nullopt;
    return found->second.ahead;
}

Result<void> Outbox::ring(const Position& position) {
    std::vector<std::pair<TicketName, Notice>> open;
    {
        const std::lock_guard lock{mutex_};
        shelf_.forget_before(std::chrono::floor<std::chrono::days>(clock_.now()) - std::chrono::days{2});
        for (const auto& one : shelf_.notices())
            if (one.second.is_open) open.push_back(one);
    }
    for (auto& [ticket, notice] : open) {
        const auto ahead = position(ticket);
        if (ahead && *ahead > notice.ahead) continue;
        journal::Commit commit;
        if (!ahead) journal::Persons::erase(notice.person.text(), commit);
        const NoticeEvent event = ahead ? NoticeEvent{NoticeRung{*ahead}} : NoticeEvent{NoticeEnded{}};
        // Another server may have been first.
        if (auto done = record(ticket, notice, event, std::move(commit)); !done) return done.error();
    }
    return {};
}

}  // namespace balcao::letters

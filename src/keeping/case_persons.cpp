#include "keeping/case_persons.hpp"

#include <set>

#include "cases/erasing.hpp"
#include "keeping/retention.hpp"

namespace balcao::keeping {

Result<std::string> person_of(const journal::Store& store, const cases::CaseNumber& number) {
    BALCAO_TRY(const auto events, store.read(stream_of(number), 0));
    if (events.empty())
        return Error{Errc::not_found, "There is no case " + to_text(number) + " in this journal.", "case"};
    const auto persons = persons_in(events.front());
    if (persons.empty())
        return Error{Errc::invalid, "The first event of case " + to_text(number) + " names nobody.", "case"};
    return persons.front();
}

Result<CasesOf> cases_of(const journal::Store& store, const std::vector<std::string>& persons) {
    constexpr std::size_t events_at_once = 10'000;
    const std::set<std::string, std::less<>> wanted{persons.begin(), persons.end()};
    CasesOf found;
    journal::Cursor cursor;
    for (;;) {
        BALCAO_TRY(const auto followed, store.follow(cursor, events_at_once));
        for (const auto& event : followed.events) {
            if (!cases::case_of_stream(event.stream)) continue;
            const auto named = persons_in(event);
            for (const auto& person : named)
                if (wanted.contains(person)) found.emplace(person, event.stream);
        }
        cursor = followed.next;
        if (followed.events.size() < events_at_once) return found;
    }
}

Result<std::vector<journal::Writing>> told_to_cases(const journal::Store& store,
                                                    const std::vector<std::string>& streams,
                                                    Instant at) {
    std::vector<journal::Writing> writings;
    for (const auto& stream : streams) {
        BALCAO_TRY(const auto events, store.read(stream, 0));
        if (auto writing = cases::erasing_of(events, at)) writings.push_back(*std::move(writing));
    }
    return writings;
}

}  // namespace balcao::keeping

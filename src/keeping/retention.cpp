#include "keeping/retention.hpp"

#include <algorithm>

#include "cases/case.hpp"
#include "text/json.hpp"

namespace balcao::keeping {

namespace {

void collect(text::JsonView json, std::vector<std::string>& persons) {
    const auto names = json.keys();
    for (std::size_t place = 0; place < json.size(); ++place) {
        const auto value = json.at(place);
        if (value.is_object() || value.is_array()) {
            collect(value, persons);
            continue;
        }
        if (names.empty() || !names[place].ends_with("person")) continue;
        if (const auto person = value.as_text(); person && !person->empty()) persons.emplace_back(*person);
    }
}

}  // namespace

std::vector<std::string> persons_in(const journal::Event& event) {
    std::vector<std::string> persons;
    if (event.body.find("person\"") == std::string::npos) return persons;
    if (const auto body = text::Json::parse(event.body, event.stream)) collect(body->root(), persons);
    return persons;
}

Retention::Retention(const journal::Store& store,
                     std::vector<Period> periods,
                     std::function<Instant(Date)> end_of)
    : store_{store}, periods_{std::move(periods)}, end_of_{std::move(end_of)} {}

Result<void> Retention::read_on(std::size_t limit) {
    if (periods_.empty()) return {};
    for (;;) {
        BALCAO_TRY(const auto followed, store_.follow(cursor_, limit));
        for (const auto& event : followed.events)
            hear(event);
        cursor_ = followed.next;
        if (followed.events.size() < limit) return {};
    }
}

// Null for streams of a kind that is kept for ever.
const Period* Retention::period_of(std::string_view stream) const {
    const auto found = std::ranges::find(periods_, stream.substr(0, stream.find('/')),
                                         [](const Period& one) -> std::string_view { return one.prefix; });
    return found == periods_.end() ? nullptr : &*found;
}

// A stream of a kind that is kept for ever, or that has no day, keeps whom it names for ever.
std::optional<Instant> Retention::kept_until(std::string_view stream) const {
    const auto last = stream.rfind('/');
    if (last == std::string_view::npos) return std::nullopt;
    const auto date = parse_date(stream.substr(last + 1));
    const auto* period = period_of(stream);
    if (!date || period == nullptr) return std::nullopt;
    return end_of_(*date) + period->length;
}

void Retention::hear(const journal::Event& event) {
    const auto number = cases::case_of_stream(event.stream);
    if (number && period_of(event.stream) != nullptr) return hear_case(*number, event);
    const auto persons = persons_in(event);
    if (persons.empty()) return;
    const auto until = kept_until(event.stream).value_or(Instant::max());
    for (const auto& person : persons) {
        auto& latest = kept_until_[person];
        latest = std::max(latest, until);
    }
}

void Retention::hear_case(const cases::CaseNumber& number, const journal::Event& event) {
    if (event.type == cases::CaseOpened::type) {
        const auto persons = persons_in(event);
        if (!persons.empty()) cases_[number] = {persons.front(), event.at};
        return;
    }
    const auto known = cases_.find(number);
    if (known == cases_.end()) return;
    known->second.last = event.at;
    if (event.type == cases::PersonErased::type) cases_.erase(known);
}

Result<Due> Retention::due(Instant now) const {
    Due due;
    std::set<std::string_view> kept;
    for (const auto& [person, until] : kept_until_)
        if (until > now) kept.insert(person);
    std::set<std::string> persons;
    for (const auto& [number, one] : cases_) {
        BALCAO_TRY(const bool is_over, is_due(number, now));
        if (is_over && !kept.contains(one.person))
            due.cases.emplace(one.person, stream_of(number));
        else
            kept.insert(one.person);
    }
    for (const auto& [person, stream] : due.cases)
        persons.insert(person);
    for (const auto& [person, until] : kept_until_)
        if (!kept.contains(person)) persons.insert(person);
    due.persons.assign(persons.begin(), persons.end());
    return due;
}

// A case that is still open may be as old as it likes; one that cannot be read is told by who verifies.
Result<bool> Retention::is_due(const cases::CaseNumber& number, Instant now) const {
    const std::string stream = stream_of(number);
    const auto length = period_of(stream)->length;
    if (now - cases_.at(number).last < length) return false;
    BALCAO_TRY(const auto events, store_.read(stream, 0));
    const auto whole = cases::fold(number, events);
    return whole && !whole->erased && cases::is_over(*whole) && now - whole->last >= length;
}

void Retention::forget(const Due& due) {
    for (const auto& person : due.persons)
        kept_until_.erase(person);
    for (const auto& [person, stream] : due.cases)
        cases_.erase(*cases::case_of_stream(stream));
}

}  // namespace balcao::keeping

#include "keeping/retention.hpp"

#include <algorithm>

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

// A stream of a kind that is kept for ever, or that has no day, keeps whom it names for ever.
std::optional<Instant> Retention::kept_until(std::string_view stream) const {
    const auto first = stream.find('/');
    const auto last = stream.rfind('/');
    if (last == std::string_view::npos) return std::nullopt;
    const auto date = parse_date(stream.substr(last + 1));
    const auto period = std::ranges::find(periods_, stream.substr(0, first),
                                          [](const Period& one) -> std::string_view { return one.prefix; });
    if (!date || period == periods_.end()) return std::nullopt;
    return end_of_(*date) + period->length;
}

void Retention::hear(const journal::Event& event) {
    const auto persons = persons_in(event);
    if (persons.empty()) return;
    const auto until = kept_until(event.stream).value_or(Instant::max());
    for (const auto& person : persons) {
        auto& latest = kept_until_[person];
        latest = std::max(latest, until);
    }
}

std::vector<std::string> Retention::due(Instant now) const {
    std::vector<std::string> persons;
    for (const auto& [person, until] : kept_until_)
        if (until <= now) persons.push_back(person);
    return persons;
}

void Retention::forget(const std::vector<std::string>& persons) {
    for (const auto& person : persons)
        kept_until_.erase(person);
}

}  // namespace balcao::keeping

#pragma once
// Checks a model as a whole, after each part has been read by itself: what refers to what, who serves whom,
// what can never happen. Used by the reader, for models and for models with a scenario's changes. It changes
// nothing.
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/model.hpp"
#include "model/remarks.hpp"
#include "model/tree.hpp"

namespace balcao::model {

struct CheckedModel {
    const Model& model;
    PlaceOf places;
    Remarks& remarks;

    void mistake_at(const std::vector<std::string>& path, Sentence what) const {
        remarks.mistake(places.value(path), std::move(what));
    }
};

// The names by which things refer to each other.
template <class Things>
std::vector<std::string> keys_of_things(const Things& things) {
    std::vector<std::string> keys;
    for (const auto& thing : things)
        if constexpr (std::is_convertible_v<decltype(thing.key), std::string>)
            keys.push_back(thing.key);
        else
            keys.push_back(thing.key.text());
    return keys;
}

// The mistake that there is no such thing, with the near miss; nothing where there is one.
void refer(const CheckedModel& checked,
           const text::YamlMark& mark,
           const std::string& name,
           const std::vector<std::string>& names,
           std::string_view what);

// Every check below, in the order of the language page.
void check_model(const CheckedModel& checked);

// References by name, and sources.
void check_references(const CheckedModel& checked);
// What facts decide: answers that there are, rules of life events that contradict each other.
void check_life_events(const CheckedModel& checked);
// What is asked for without going there: its entity, and what that one is told.
void check_requests(const CheckedModel& checked);
// More limits of `served_within` than a run counts.
void check_limits(const CheckedModel& checked);
// Hours of rosters, desks that serve nobody, queues.
void check_sites(const CheckedModel& checked);
// Windows outside of opening hours, services that no desk serves to booked people.
void check_appointments(const CheckedModel& checked);
// Buttons of kiosks for services that nobody serves there.
void check_kiosks(const CheckedModel& checked);
// Steps that cannot be reached or that never leave.
void check_steps(const CheckedModel& checked);
// Arrivals outside opening hours, services and channels that no desk serves or serves to the
// end of the day, bookings that nobody takes.
void check_demand(const CheckedModel& checked);
// Targets that no row of a run can answer: a measure of a part of the city that it is not known for.
void check_targets(const CheckedModel& checked);
// What the city promises of all that it publishes: warnings.
void check_publishing(const CheckedModel& checked);
// Queues that cannot drain: warnings.
void check_load(const CheckedModel& checked);

// Bookings that leave their slot out have that of the first window of their site with their service; a
// mistake where there is none. Before the checks.
void take_over_slots(Model& model, const PlaceOf& places, Remarks& remarks);

}  // namespace balcao::model

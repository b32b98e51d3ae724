#include "base/zone.hpp"

#include <stdexcept>

#include <date/tz.h>

namespace balcao {

using std::chrono::milliseconds;

Result<Zone> Zone::find(std::string_view name) {
    try {
        return Zone{date::locate_zone(std::string{name}), name};
    } catch (const std::runtime_error&) {
        return Error{Errc::not_found,
                     "the time zone " + std::string{name} +
                         " is not known here: expected a name such as Europe/Lisbon",
                     "time_zone"};
    }
}

CivilTime Zone::at(Instant instant) const {
    const auto local = zone_->to_local(instant);
    const auto day = date::floor<date::days>(local);
    return {Date{std::chrono::days{day.time_since_epoch().count()}}, local - day};
}

std::vector<Instant> Zone::instants_of(const CivilTime& civil) const {
    const date::local_time<milliseconds> local{
        std::chrono::duration_cast<milliseconds>(civil.date.time_since_epoch()) + civil.since_midnight};
    const auto info = zone_->get_info(local);
    const auto with = [&](const date::sys_info& part) {
        return Instant{local.time_since_epoch()} - std::chrono::duration_cast<milliseconds>(part.offset);
    };
    switch (info.result) {
        case date::local_info::unique:
            return {with(info.first)};
        case date::local_info::ambiguous:
            return {with(info.first), with(info.second)};
        default:
            return {};
    }
}

Instant Zone::midnight(Date date) const {
    // Where the change falls on midnight itself, the day begins at the first time that its clocks show.
    for (int minute = 0; minute < 24 * 60; ++minute) {
        const auto instants = instants_of({date, std::chrono::minutes{minute}});
        if (!instants.empty()) return instants.front();
    }
    return Instant{std::chrono::duration_cast<milliseconds>(date.time_since_epoch())};
}

int Zone::offset_minutes(Instant instant) const {
    return static_cast<int>(zone_->get_info(instant).offset.count() / 60);
}

}  // namespace balcao

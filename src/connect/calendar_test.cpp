// Calendars as other programs read them: by libical again, on the days when the clocks change.
#include "connect/calendar.hpp"

#include <libical/ical.h>

#include <doctest/doctest.h>

#include "connect/meeting.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;

namespace {

// The instants at which the events of a calendar begin and end for libical, by the zone that stands in the
// file itself.
std::vector<std::pair<Instant, Instant>> times_in(const std::string& text) {
    icalcomponent* calendar = icalparser_parse_string(text.c_str());
    REQUIRE(calendar != nullptr);
    CHECK(icalcomponent_count_errors(calendar) == 0);
    CHECK(icalcomponent_check_restrictions(calendar) != 0);
    CHECK(icalcomponent_count_components(calendar, ICAL_VTIMEZONE_COMPONENT) == 1);
    icalcomponent* written = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
    icaltimezone* zone = icaltimezone_new();
    REQUIRE(icaltimezone_set_component(zone, icalcomponent_new_clone(written)) == 1);
    std::vector<std::pair<Instant, Instant>> found;
    const auto at = [&](icaltimetype time) {
        const bool is_utc = icaltime_is_utc(time) != 0;
        return Instant{std::chrono::seconds{
            icaltime_as_timet_with_zone(time, is_utc ? icaltimezone_get_utc_timezone() : zone)}};
    };
    for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event != nullptr; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        icalproperty* start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
        icalproperty* end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
        found.emplace_back(at(icalproperty_get_dtstart(start)), at(icalproperty_get_dtend(end)));
    }
    icaltimezone_free(zone, 1);
    icalcomponent_free(calendar);
    return found;
}

CalendarEntry entry_at(Instant start) {
    CalendarEntry entry;
    entry.uid = "shop.2026-03-29.ABCDEFGH@town.example";
    entry.start = start;
    entry.minutes = 20;
    entry.stamp = start - 24h;
    entry.summary = "Cartão de cidadão, renovação; urgente";
    entry.location = "Loja, Rua do Século 1";
    entry.url = "https://town.example/pt/appointments/x";
    entry.alarm = 60min;
    return entry;
}

}  // namespace

TEST_CASE("every half hour of both days of clock change is the same moment for another program") {
    for (const char* name : {"Europe/Lisbon", "Atlantic/Azores"})
        for (const char* day : {"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2026-07-01"}) {
            const Zone zone = *Zone::find(name);
            const Instant midnight = zone.midnight(*parse_date(day));
            std::vector<CalendarEntry> entries;
            for (Instant at = midnight; at < midnight + 25h; at += 30min)
                entries.push_back(entry_at(at));
            const auto times = times_in(write_calendar({"Loja", {}}, entries, zone));
            REQUIRE(times.size() == entries.size());
            for (std::size_t place = 0; place < times.size(); ++place) {
                CAPTURE(name);
                CAPTURE(day);
                CAPTURE(place);
                CHECK(times[place].first == entries[place].start);
                CHECK(times[place].second == entries[place].start + 20min);
            }
        }
}

TEST_CASE("a cancelled appointment is the same event, later and cancelled; no text becomes a property") {
    const Zone zone = *Zone::find("Europe/Lisbon");
    auto entry = entry_at(zone.midnight(*parse_date("2026-11-24")) + 9h);
    const std::string first = write_calendar({{}, "PUBLISH"}, {entry}, zone);
    CHECK(first.find("METHOD:PUBLISH") != std::string::npos);
    CHECK(first.find("STATUS:CONFIRMED") != std::string::npos);
    CHECK(first.find("BEGIN:VALARM") != std::string::npos);
    CHECK(first.find("DTSTART;TZID=Europe/Lisbon:20261124T090000") != std::string::npos);
    entry.is_cancelled = true;
    entry.sequence = 3;
    entry.summary = "Loja\r\nATTENDEE:mailto:x@example.org";
    const std::string last = write_calendar({{}, "CANCEL"}, {entry}, zone);
    CHECK(last.find("METHOD:CANCEL") != std::string::npos);
    CHECK(last.find("STATUS:CANCELLED") != std::string::npos);
    CHECK(last.find("SEQUENCE:3") != std::string::npos);
    CHECK(last.find("UID:" + entry.uid) != std::string::npos);
    CHECK(last.find("\r\nATTENDEE") == std::string::npos);
    CHECK(last.find("VALARM") == std::string::npos);
}

TEST_CASE("a video appointment has a room that nobody guesses, and another one once it is moved") {
    const Jitsi meetings{*crypto::SecretKey::from(std::string(32, 'i')), "https://meet.example/"};
    const Jitsi others{*crypto::SecretKey::from(std::string(32, 'j')), "https://meet.example"};
    booking::Appointment appointment;
    appointment.booking = booking::BookingKey{"shop.2026-11-24.ABCDEFGH"};
    const auto room = meetings.address_of(appointment);
    CHECK(room.starts_with("https://meet.example/balcao-"));
    CHECK(room.size() == std::string{"https://meet.example/balcao-"}.size() + 30);
    CHECK(room == meetings.address_of(appointment));
    CHECK(room != others.address_of(appointment));
    appointment.start += 1h;
    CHECK(room != meetings.address_of(appointment));
}

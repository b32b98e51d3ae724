// All that is kept of one person's appointment or ticket: every event in plain words and as data, and every
// look at it.
#include "front/own_data.hpp"

#include "front/appointment_words.hpp"
#include "front/looking.hpp"
#include "front/own_data_words.hpp"
#include "text/json.hpp"

namespace balcao::front {
namespace {

using text::JsonLines;
using text::JsonWriter;

// "2026-01-05T10:30:00+00:00", by the clocks of the city.
std::string iso_text(const Zone& zone, Instant at) {
    const CivilTime civil = zone.at(at);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(civil.since_midnight).count();
    const int ahead = zone.offset_minutes(at);
    const auto two = [](auto number) {
        const auto text = std::to_string(number);
        return text.size() < 2 ? "0" + text : text;
    };
    return format_date(civil.date) + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" +
           two(seconds % 60) + (ahead < 0 ? "-" : "+") + two(std::abs(ahead) / 60) + ":" +
           two(std::abs(ahead) % 60);
}

struct Pen {
    JsonWriter& json;
    const Zone& zone;

    void text(std::string_view name, const std::string& value) const { json.member(name, value); }

    void time(std::string_view name, Instant at) const {
        if (at != Instant{}) json.member(name, iso_text(zone, at));
    }

    template <class Keys>
    void list(std::string_view name, const Keys& keys) const {
        json.key(name).begin_array();
        for (const auto& key : keys)
            json.value(key.text());
        json.end();
    }
};

void write(const Pen& pen, const booking::Placed& what) {
    pen.time("start", what.start);
    pen.json.member("minutes", what.minutes);
    pen.text("window", what.window.text());
    pen.text("channel", what.channel.text());
    pen.list("services", what.services);
    pen.text("code", what.code);
    pen.json.member("place_given_by_staff", what.is_staff);
}

// Whose hand it was: never by name.
template <class Event>
std::string_view hand_of(const Event& event) {
    if constexpr (requires { event.by; })
        return event.by.empty() ? "person" : "staff";
    else
        return "system";
}

// What an event holds, but for keys of persons and sealed texts, which are opened elsewhere in the file.
template <class Event>
void write_data(const Pen& pen, const Event& event) {
    if constexpr (requires { event.what; }) write(pen, event.what);
    if constexpr (requires { event.site; }) pen.text("site", event.site.text());
    if constexpr (requires { event.start; }) pen.time("start_there", event.start);
    if constexpr (requires { event.until; }) pen.time("until", event.until);
    if constexpr (requires { event.blocked_until; }) pen.time("place_blocked_until", event.blocked_until);
    if constexpr (requires { event.marks; }) pen.json.member("marks", static_cast<int>(event.marks.size()));
}

std::string type_of(const booking::BookEvent& event) {
    return std::visit([](const auto& one) { return std::string{one.type}; }, event);
}

void write(const Pen& pen, const booking::Happening& happening, const Words& words) {
    pen.json.begin_object();
    pen.time("at", happening.at);
    pen.text("type", type_of(happening.event));
    pen.text("words", text_of(happening.event, words));
    pen.text("site_of_the_book", happening.site.text());
    std::visit(
        [&](const auto& one) {
            pen.json.member("by", hand_of(one));
            write_data(pen, one);
        },
        happening.event);
    if (const auto* cancelled = std::get_if<booking::BookingCancelled>(&happening.event))
        pen.text("reason", cancel_reason_text(cancelled->reason, words));
    pen.json.end();
}

void write(const Pen& pen, const booking::Look& look, const KeptBy& by, const Words& words) {
    pen.json.begin_object();
    pen.time("at", look.at);
    pen.text("role", look.what.role);
    pen.text("site", look.what.site.text());
    pen.text("desk", look.what.desk);
    pen.text("reason", std::string{booking::name_of(look.what.why)});
    pen.json.member("with_all_of_the_day", look.what.is_of_list);
    pen.text("words", onlooker_text(look.what, by.office, words) + ": " + reason_text(look.what.why, words));
    pen.json.end();
}

void write(const Pen& pen, const booking::Appointment& appointment, const KeptBy& by, const Words& words) {
    pen.json.key("appointment").begin_object(JsonLines::each);
    pen.text("words", line_of(appointment, {by.office.model(), by.office.zone()}, words));
    pen.text("name", appointment.booking.text());
    pen.text("code", appointment.code);
    pen.text("state", std::string{booking::name_of(appointment.state, by.clock.now())});
    pen.text("site", appointment.site.text());
    pen.time("start", appointment.start);
    pen.json.member("minutes", appointment.minutes);
    pen.text("channel", appointment.channel.text());
    pen.list("services", appointment.services);
    pen.time("made", appointment.made);
    pen.json.member("reminded", appointment.is_reminded);
    pen.json.end();
    pen.json.key("person");
    if (appointment.contact) {
        pen.json.begin_object(JsonLines::each);
        pen.text("name", appointment.contact->name);
        pen.text("mail", appointment.contact->mail);
        pen.text("phone", appointment.contact->phone);
        pen.text("note", appointment.contact->note);
        pen.text("language", appointment.contact->language);
        pen.json.end();
    } else {
        pen.json.null();
    }
    pen.text("note_of_staff", appointment.note);
}

std::string stand_in(const office::Leg& leg) {
    return leg.service.text() + (leg.step.empty() ? "" : "/" + leg.step.text());
}

template <class Event>
void write_visit_data(const Pen& pen, const Event& event) {
    if constexpr (requires { event.desk; }) pen.text("desk", office::to_string(event.desk));
    if constexpr (requires { event.channel; }) pen.text("channel", event.channel);
    if constexpr (requires { event.standing; })
        pen.json.member("priority_by_law", event.standing == office::Standing::priority);
    if constexpr (requires { event.appointment; }) pen.time("appointment", event.appointment);
    if constexpr (requires { event.person; }) pen.json.member("has_a_name", !event.person.empty());
    if constexpr (requires { event.legs; }) {
        pen.json.key("services").begin_array();
        for (const auto& leg : event.legs)
            pen.json.value(stand_in(leg));
        pen.json.end();
    }
    if constexpr (requires { event.leg; }) pen.text("service", stand_in(event.leg));
    if constexpr (requires { stand_in(event.to); }) pen.text("to", stand_in(event.to));
    if constexpr (requires { event.reason; }) pen.text("reason", event.reason);
    if constexpr (requires { event.at_latest; }) {
        pen.time("from", event.from);
        pen.time("to", event.to);
        pen.time("at_latest", event.at_latest);
    }
}

// One event of that ticket; nothing for what happened to others.
bool write_if_of(const Pen& pen,
                 const std::pair<office::HallEvent, Instant>& happened,
                 const TicketName& name,
                 const Words& words) {
    return std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.number; }) {
                if (one.number != name.number) return false;
                pen.json.begin_object();
                pen.time("at", happened.second);
                pen.text("type", std::string{one.type});
                pen.text("words", text_of(happened.first, words));
                write_visit_data(pen, one);
                pen.json.end();
                return true;
            } else {
                return false;
            }
        },
        happened.first);
}

}  // namespace

booking::Answer<OwnFile> own_file_of_appointment(const std::string& link,
                                                 const KeptBy& by,
                                                 const Words& words) {
    const auto found = by.bookings.story(link);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return *refusal;
    const auto& story = std::get<booking::Story>(found);
    std::string out;
    {
        JsonWriter json{out};
        const Pen pen{json, by.office.zone()};
        json.begin_object(JsonLines::each);
        pen.text("what", words("All that is kept about this appointment"));
        pen.time("as_of", by.clock.now());
        write(pen, story.appointment, by, words);
        json.key("events").begin_array(JsonLines::each);
        for (const auto& happening : story.happenings)
            write(pen, happening, words);
        json.end().key("looks").begin_array(JsonLines::each);
        for (const auto& look : story.looks)
            write(pen, look, by, words);
        json.end();
        pen.text("marks",
                 words("Mail address and telephone number are also kept as marks from which nobody reads "
                       "them back: they count how many appointments one person has."));
        json.end();
    }
    return OwnFile{out + "\n", "appointment-" + story.appointment.code + ".json"};
}

Result<OwnFile> own_file_of_ticket(const TicketName& name, const KeptBy& by, const Words& words) {
    const auto history = by.office.history(name.site, name.date);
    if (!history) return Error{Errc::unavailable, "the journal cannot be read now"};
    bool is_any = false;
    std::string out;
    {
        JsonWriter json{out};
        const Pen pen{json, by.office.zone()};
        json.begin_object(JsonLines::each);
        pen.text("what", words("All that is kept about this ticket"));
        pen.time("as_of", by.clock.now());
        pen.text("site", name.site.text());
        pen.text("date", format_date(name.date));
        json.member("number", static_cast<int>(name.number.value));
        json.key("events").begin_array(JsonLines::each);
        for (const auto& happened : *history)
            is_any = write_if_of(pen, happened, name, words) || is_any;
        json.end().key("looks").begin_array().end();
        pen.text("about_looks", words("A ticket bears no name, so there is nothing of a person to look at."));
        json.end();
    }
    if (!is_any) return Error{Errc::not_found, "there is no such ticket"};
    return OwnFile{out + "\n", "ticket-" + name.site.text() + "-" + format_date(name.date) + "-" +
                                   std::to_string(name.number.value) + ".json"};
}

}  // namespace balcao::front

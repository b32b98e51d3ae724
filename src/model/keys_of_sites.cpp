// Where people are served, who they are, and what the law asks: the keys of sites.
#include "model/key_rows.hpp"

namespace balcao::model {
namespace {

constexpr KeyRow site_rows[] = {
    {"site", "name", "text", "the id", "The name for people."},
    {"site", "kind", "string", "", "A label for reports and screens, such as shop, spot, contact centre."},
    {"site", "location", "list number", "", "Latitude and longitude in degrees: `[38.71, -9.14]`."},
    {"site", "open", "'always' | opening", required, "When the site is open."},
    {"site", "closed", "date | list date", "", "Days on which the site is closed."},
    {"site", "holidays", "country", "", "The country on whose public holidays the site is closed."},
    {"site", "at_closing", "'serve' | 'send_away'", "serve",
     "`serve`: those inside are served, further steps too; `send_away`: those waiting leave, unserved."},
    {"site", "desks", "map desk", required,
     "Groups of desks; an arriving person takes the first idle one, in this order, that serves her."},
    {"site", "queue", "criterion | list criterion", "[arrival]",
     "How an idle desk picks, in order of weight."},
    {"site", "preempt", "boolean", "false",
     "A person of a smaller priority number interrupts; the interrupted resumes where she was."},
    {"site", "capacity", "integer", "without limit",
     "People inside, those being served too; beyond, they are turned away."},
    {"site", "lines", "integer | lines", "without limit",
     "Contacts at once on a channel, those being served too; a number is for each channel of the site other "
     "than the counter."},
    {"site", "tickets", "tickets", "",
     "The numbers of a day, and what happens to who does not come when called."},
    {"site", "appointments", "appointments", "", "What the live office offers by appointment, and to whom."},
    {"site", "kiosks", "map kiosk", "the services that most people come for",
     "What the kiosks of the site offer, by name."},
    {"site", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"kiosk", "name", "text", "the id", "The name for people, such as that of an entrance."},
    {"kiosk", "buttons", "list (id | kiosk_button)", required,
     "At most six buttons, in their order: services, or groups of them."},

    {"kiosk_button", "name", "text", required, "What the button of a group says."},
    {"kiosk_button", "services", "id | list id", required, "The services to choose from."},

    {"opening", "<weekdays>", "'always' | hours | list hours", "",
     "The hours on these days; days not named are closed."},
    {"opening", "closed", "date | list date", "", "Days on which the site is closed."},
    {"opening", "holidays", "country", "", "The country on whose public holidays the site is closed."},
    {"opening", "dates", "opening_dates", "",
     "Hours of single days, in place of those of the weekday; a public holiday among them is open."},

    {"opening_dates", "<date>", "hours | list hours | date_hours", "", "The hours on this day."},

    {"date_hours", "name", "text", "", "Why the hours are others, for people: Christmas Eve."},
    {"date_hours", "hours", "hours | list hours", required, "The hours on this day."},

    {"lines", "<channel>", "integer", "", "Contacts at once on this channel."},

    {"tickets", "first", "integer", "1", "The first number of each day."},
    {"tickets", "last", "integer", "999, or 998 above the first",
     "The last number; after it the day's numbers are given out, by every channel at once."},
    {"tickets", "calls", "integer", "3", "So many calls without anybody coming, and the person is missed."},
    {"tickets", "pause", "duration", "5 min", "Before who did not come is called again."},

    {"appointments", "windows", "map window", required, "Hours that are cut into slots, by name."},
    {"appointments", "hold", "duration", "10 min", "How long a slot is kept for who has not confirmed yet."},
    {"appointments", "blocked_after_cancel", "duration | list duration", "0 min",
     "How long the public does not see a cancelled slot; `[1 h, 6 h]` draws it between the two."},
    {"appointments", "remind", "duration", "1 day",
     "So long before it begins who has one is reminded; 0 min: nobody is."},
    {"appointments", "per_person", "per_person", "without limit",
     "How many appointments one person may have."},

    {"per_person", "open", "integer", "without limit", "Still to come, over all sites."},
    {"per_person", "per_day", "integer", "without limit", "On one day at this site."},

    {"window", "days", "weekdays", "every day", "The days of the week."},
    {"window", "hours", "hours | list hours", required,
     "The hours, each a multiple of the slot; the last slot ends with them."},
    {"window", "slot", "duration", required, "The length of a slot, in whole minutes."},
    {"window", "places", "integer", "the desks that take booked people", "People at once."},
    {"window", "public", "integer", "all places",
     "Places of them that the public may take; staff may take all."},
    {"window", "services", "id | list id | service_lengths", "all that the site serves by appointment",
     "The services that can be had; a map gives each the length of an appointment, in place of one slot."},
    {"window", "most", "service_places", "all places", "People at once for one service, below the places."},
    {"window", "channels", "channel | list channel", "[counter]",
     "How the appointment takes place: counter, phone, video, and names of the model's own."},
    {"window", "every", "duration", "1 week", "`2 weeks` from the week of `from` on."},
    {"window", "week_of_month", "integer | 'last' | list (integer | 'last')", "all",
     "Only the first to fourth such day of a month; 5 or `last` is the last, the fourth or the fifth."},
    {"window", "from", "date", "", "The first day."},
    {"window", "until", "date", "",
     "The last day; a window of one day is open on holidays and outside of the site's hours too."},
    {"window", "bookable", "bookable", "", "How many days ahead the public may book."},
    {"window", "slots_at_most", "integer", "25", "The most slots in one appointment."},

    {"bookable", "from", "duration", "0 days", "Not before this many days from today."},
    {"bookable", "to", "duration", "60 days",
     "Not beyond; the slots of that day appear when the window opens, not at midnight."},

    {"service_lengths", "<id>", "duration", "", "The length of an appointment for this service."},

    {"service_places", "<id>", "integer", "", "People at once for this service."},

    {"desk", "name", "text", "the id", "The name for people."},
    {"desk", "count", "integer | 'unlimited' | roster", "1",
     "How many desks: a number, or by weekday and hour."},
    {"desk", "serves", "id | list id", "", "The services that this group serves."},
    {"desk", "skills", "skills", "", "In place of `serves`: services and the factor on their duration."},
    {"desk", "kind", "'integrated' | 'multi_service' | 'single' | 'mediator' | 'kiosk'", "",
     "A label for reports and screens."},
    {"desk", "channels", "channel | list channel", "[counter]",
     "Whom this group serves: counter, phone, chat, email, video, online, and names of the model's own."},
    {"desk", "concurrent", "integer", "1", "Contacts that one desk holds at once."},
    {"desk", "after_work", "time", "", "Work after each person, before the next."},
    {"desk", "takes", "'walk_in' | 'booked' | 'both'", "both",
     "Whether this group takes booked people, the others, or both."},
    {"desk", "breaks", "list break", "", "Breaks, begun when the desk is free."},
    {"desk", "absence", "share", "0 %", "The share of desk-days without the person."},
    {"desk", "away_when_idle", "time", "", "How long the person is away when nobody waits, again and again."},
    {"desk", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"roster", "<weekdays>", "integer | hours_count", "",
     "Desks on these days, by hour; none on days not named."},
    {"roster", "<hours>", "integer", "", "Desks in these hours of every day; none in the hours not named."},

    {"hours_count", "<hours>", "integer", "", "Desks in these hours; none in the hours not named."},

    {"break", "<time_of_day>", "duration", "", "The length of the break that begins at this time."},

    {"skills", "<id>", "number", "", "The factor on the duration of this service; 1.3 takes 30 % longer."},

    {"criterion_map", "weights", "weights", "",
     "Turns by service: a service of weight 2 is picked twice as often as one of weight 1."},
    {"criterion_map", "preempt", "boolean", "false", "The same as `preempt` beside `queue`."},

    {"weights", "<id>", "number", "", "The weight of this service."},

    {"group", "name", "text", "the id", "The name for people."},
    {"group", "size", "number", required, "How many people."},
    {"group", "digital", "share", "100 %", "The share that can use `online` alone."},
    {"group", "distance", "distances", "", "How far each site is."},
    {"group", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"distances", "<id>", "distance", "", "The distance to this site, one way."},

    {"retention", "visits", "duration", "for ever", "What was said at a visit, after its day."},
    {"retention", "appointments", "duration", "for ever",
     "Name and address of who booked, after the appointment's day."},
    {"retention", "cases", "duration", "for ever",
     "What was handed over for a case, after the last that happened to it once it is over."},

    {"duty", "kind",
     "'walk_in_hours' | 'wait_shown' | 'priority' | 'walk_in_capacity' | 'drop_off' | 'screen_languages'",
     required, "What is asked, and so what is measured."},
    {"duty", "name", "text", "the id", "The duty in a few words, for people."},
    {"duty", "source", "source_name", required, "The text that asks for it: a key of `sources`."},
    {"duty", "known_from", "'text' | 'excerpt' | 'summary' | 'report'", "text",
     "What was read of that text: all, parts, what others write of it, or that somebody reports it."},
    {"duty", "sites", "id | list id", "all", "The sites that are bound by it."},
    {"duty", "who", "text", "", "Of `priority`: who may claim it; shown beside the box, never asked."},
    {"duty", "at_least", "share", "50 %",
     "Of `walk_in_capacity`: the share of the desks' time that is left to who comes without an appointment."},
    {"duty", "services", "id | list id", "",
     "Of `drop_off`: services in which a document is handed in; the ticket's receipt is that of the "
     "document."},
    {"duty", "languages", "language | list language", "",
     "Of `screen_languages`: those in which every name on a screen must be there."},

    {"protocol", "name", "text", "the id", "Its name for people."},
    {"protocol", "host", "id", required, "The entity that provides place and people."},
    {"protocol", "sites", "id | list id", required, "Where."},
    {"protocol", "services", "id | list id", "all", "With which services people are assisted under it."},
    {"protocol", "desks", "id | list id", "",
     "The desks that are opened under it, at one of its sites each."},
    {"protocol", "from", "date", required, "The first day."},
    {"protocol", "until", "date", "until it is ended", "The last day."},
    {"protocol", "costs", "text", "", "Who bears which costs, in plain words."},
    {"protocol", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},
};

}  // namespace

std::span<const KeyRow> key_rows_of_sites() { return site_rows; }

}  // namespace balcao::model

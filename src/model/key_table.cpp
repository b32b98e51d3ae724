#include "model/key_table.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace balcao::model {
namespace {

// Rows of one object stand together; keys_of() counts on it.
constexpr KeyRow rows[] = {
    {"model", "balcao", "version", required, "The version of the language: 1."},
    {"model", "include", "list file", "",
     "Files whose maps and lists belong to this model, relative to this one."},
    {"model", "name", "text", required, "The model's name for people."},
    {"model", "about", "text", "", "What the model is and what it is not, in a few sentences."},
    {"model", "time_zone", "time_zone", "UTC",
     "The IANA name of the time zone in which all hours are meant."},
    {"model", "languages", "list language", "[en]", "The languages of the texts, the first one first."},
    {"model", "first_day", "date", "the Monday after today", "The first simulated day."},
    {"model", "sources", "map source", "", "Where figures come from, for `source` to name."},
    {"model", "entities", "map entity", "", "Who answers for services: public bodies and private companies."},
    {"model", "documents", "map document", "", "What people bring to a service, or an entity has already."},
    {"model", "facts", "map fact", "", "What people are asked, where the answer decides something."},
    {"model", "services", "map service", required, "What people come for."},
    {"model", "life_events", "map life_event", "", "Services that belong together in a person's life."},
    {"model", "sites", "map site", required,
     "Where people are served: shops, spots, phone lines, web pages."},
    {"model", "people", "map group", "", "Groups of people."},
    {"model", "travel", "travel", "", "What a kilometre to a site takes and costs."},
    {"model", "demand", "list demand", required, "Who comes, when; the order here is the order of ties."},
    {"model", "targets", "list target", "", "What a run must reach."},
    {"model", "retention", "retention", "for ever",
     "How long after its day the live office keeps what it knows of a person."},
    {"model", "interpreters", "interpreters", "",
     "Who interprets by telephone, told on every page of the live office."},
    {"model", "duties", "map duty", "",
     "What the law asks of the sites; the live office reports on each, day by day."},
    {"model", "publishing", "list publishing_rule", "",
     "What the city promises of all that it publishes; `check` warns where it is not so."},

    {"interpreters", "name", "text", required, "The name of the service for people."},
    {"interpreters", "phone", "string", required, "Its telephone number as people read it."},
    {"interpreters", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"source", "title", "string", required, "The title of the publication or data set."},
    {"source", "url", "url", "", "Where it can be read."},

    {"entity", "name", "text", "the id", "The name for people."},
    {"entity", "also", "other_names", "", "What people call it in other words, for who looks for it."},
    {"entity", "kind", "'public' | 'private'", "public", "Whether the entity is a public body."},
    {"entity", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"document", "name", "text", "the id", "The name for people."},
    {"document", "held_by", "id", "", "The entity that has it already and can be asked for it."},
    {"document", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"fact", "ask", "text", required, "The question, in plain words."},
    {"fact", "help", "text", "", "What is meant, or where to look."},
    {"fact", "kind", "'yes_no' | 'one_of' | 'any_of' | 'number' | 'date'", "yes_no",
     "How it is answered; from a `date` deadlines are counted."},
    {"fact", "answers", "answers", "", "Of `one_of` and `any_of`: the answers to choose from."},

    {"answers", "<id>", "text", "", "What the answer says."},

    {"when", "<id>", "id | list id | range", "",
     "What must hold of this fact: an answer (`yes`, `no`, or one of its own), one of several, or a range of "
     "numbers."},

    {"service", "name", "text", "the id", "The name for people."},
    {"service", "also", "other_names", "", "What people call it in other words, for who looks for it."},
    {"service", "about", "text", "", "What it is, in plain words."},
    {"service", "entity", "id", "", "The entity that answers for it."},
    {"service", "specialises", "id", "", "The service of which this is one form."},
    {"service", "duration", "per_channel_time", "", "How long one person takes; in its place, `steps`."},
    {"service", "steps", "list step", "", "The desks that a visit goes through, in place of `duration`."},
    {"service", "fee", "per_channel_money", "", "What the person pays, for all channels or for each."},
    {"service", "takes", "term", "", "From the request to what comes of it."},
    {"service", "terms", "list service_terms", "",
     "What it costs and takes for some people, in place of `fee` and `takes`: the first line that holds."},
    {"service", "refused", "list exclusion", "", "Who cannot have it, and why: the first line that holds."},
    {"service", "documents", "id | list (id | required_document)", "", "What to bring."},
    {"service", "patience", "per_channel_time", "without limit",
     "The wait after which a person gives up, where the demand entry gives none."},
    {"service", "strict_order", "boolean", "false",
     "Its order gives rights (as in a registry of property), so nobody has priority in it by law."},
    {"service", "simple", "boolean", "false", "Information, or so little that the city asks nothing for it."},
    {"service", "source", "source_name | field_sources", "",
     "Where all of it comes from, or each field: a key of `sources`, `demonstration` or `unverified`."},

    {"field_sources", "name", "source_name", "", "Where the name comes from."},
    {"field_sources", "also", "source_name", "", "Where what it is called in other words comes from."},
    {"field_sources", "about", "source_name", "", "Where what it is comes from."},
    {"field_sources", "entity", "source_name", "", "Where who answers for it comes from."},
    {"field_sources", "specialises", "source_name", "", "Where that it is a form of another comes from."},
    {"field_sources", "duration", "source_name", "", "Where how long one person takes comes from."},
    {"field_sources", "steps", "source_name", "", "Where the way through the desks comes from."},
    {"field_sources", "fee", "source_name | fee_sources", "",
     "Where what it costs, or that it costs nothing comes from."},
    {"field_sources", "takes", "source_name", "", "Where how long it takes comes from."},
    {"field_sources", "terms", "source_name", "",
     "Where what it costs and takes for some people comes from."},
    {"field_sources", "refused", "source_name", "", "Where who cannot have it comes from."},
    {"field_sources", "documents", "source_name", "",
     "Where what to bring, or that nothing is needed comes from."},
    {"field_sources", "patience", "source_name", "", "Where when people give up comes from."},

    {"fee_sources", "<channel>", "source_name", "", "Where the fee by this channel comes from."},

    {"words_by_language", "<language>", "string | list string", "", "Other words in this language."},

    {"service_terms", "when", "when", "always", "For whom this line holds."},
    {"service_terms", "fee", "per_channel_money", "the service's", "What the person pays."},
    {"service_terms", "takes", "term", "the service's", "From the request to what comes of it."},

    {"exclusion", "when", "when", required, "Who cannot have it."},
    {"exclusion", "because", "text", required, "Why, and what would change it."},

    {"required_document", "document", "id", required, "A key of `documents`."},
    {"required_document", "when", "when", "always", "Who must bring it."},

    {"step", "id", "id", "the desk's name", "The step's name, for `next`."},
    {"step", "at", "id", required, "The desk group, which then needs no `serves`."},
    {"step", "duration", "per_channel_time", required, "How long one person takes at this step."},
    {"step", "next", "id | next", "the following step, after the last `leave`",
     "Where it leads: a step, or shares of steps and `leave`."},

    {"next", "<id>", "share", "", "The share that goes to this step, or leaves served (`leave`)."},

    {"life_event", "name", "text", "the id", "The name for people."},
    {"life_event", "also", "other_names", "", "What people call it in other words, for who looks for it."},
    {"life_event", "about", "text", "", "What it is about, in plain words."},
    {"life_event", "services", "id | list (id | event_steps)", required,
     "The services that it needs; each by its name, or with what belongs to it."},
    {"life_event", "at_least", "at_least", "",
     "So many answers to a fact of the kind any_of; with fewer it is no bundle, but a single service."},
    {"life_event", "begins", "id", "", "The fact (a date) from which `within` counts."},
    {"life_event", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"at_least", "<id>", "integer", "", "So many answers to this fact."},

    {"event_steps", "<id>", "event_step", "", "This service, and what belongs to it."},

    {"event_step", "when", "when", "always", "For whom it belongs."},
    {"event_step", "after", "id | list id", "", "Services of the event that are concluded before it begins."},
    {"event_step", "not_with", "id | list id", "",
     "Services of the event that cannot be asked for in one sitting with it."},
    {"event_step", "within", "term", "", "By when, counted from the day of `begins`."},
    {"event_step", "because", "text", "", "Why it is there, in plain words."},

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

    {"travel", "speed", "speed", "15 km/h", "From door to door."},
    {"travel", "per_km", "money", "0 EUR", "What a kilometre costs."},

    {"demand", "id", "id", "the service, with -2, -3 where it is not the first", "The entry's name."},
    {"demand", "service", "id", required, "What these people come for."},
    {"demand", "site", "id", required, "Where they come."},
    {"demand", "group", "id", "", "The group of `people` that they are of."},
    {"demand", "priority", "integer", "0", "The smallest number goes first."},
    {"demand", "arrivals", "arrivals", "", "When people come without an appointment."},
    {"demand", "bookings", "bookings", "", "How people ask for and keep appointments."},
    {"demand", "duration", "per_channel_time", "the service's", "How long one of these people takes."},
    {"demand", "patience", "per_channel_time", "the service's",
     "The wait after which one of these people gives up, unserved."},
    {"demand", "channels", "channels", "all by the counter",
     "The share of each channel; they add up to 100 %."},
    {"demand", "balking", "balking", "", "Who turns away before queueing."},
    {"demand", "if_unserved", "if_unserved", "", "Who comes again after leaving unserved."},
    {"demand", "missing_document", "share", "0 %", "The share of the served who must come again."},
    {"demand", "learns", "share", "0 %", "The share that can do it alone after an assisted visit."},
    {"demand", "source", "source_name", "",
     "Where the figures come from: a key of `sources`, `demonstration` or `unverified`."},

    {"texts", "<language>", "string", "", "The text in this language."},

    {"channel_times", "<channel>", "time", "", "For this channel."},

    {"channel_money", "<channel>", "money", "", "For this channel."},

    {"channels", "<channel>", "share | channel_share", "", "The share of the contacts on this channel."},

    {"channel_share", "share", "share", required, "The share of the contacts on this channel."},
    {"channel_share", "site", "id", "the entry's site, or the only one that serves it",
     "The site that serves this channel."},

    {"arrivals", "poisson", "rate", "", "At this rate while the site is open."},
    {"arrivals", "per_hour", "per_hour", "",
     "People per hour in each range of hours; none in those not named."},
    {"arrivals", "by_weekday", "by_weekday", "",
     "Another pattern for some days of the week; none on days not named."},
    {"arrivals", "renewal", "time", "", "Independent gaps with this distribution, from opening on."},
    {"arrivals", "batch", "batch", "", "Several people at once."},
    {"arrivals", "log", "file", "",
     "A CSV file with the columns time and, where known, duration, patience, desk."},
    {"arrivals", "growth", "growth", "0 % per year", "Growth, compounded by the day from first_day on."},
    {"arrivals", "season", "season", "", "Factors on months; 1 for those not named."},
    {"arrivals", "day_factor", "factor", "", "One draw a day: busy and quiet days."},
    {"arrivals", "dates", "dates", "", "Factors on single days."},

    {"per_hour", "<hours>", "number", "", "People per hour in this range."},

    {"by_weekday", "<weekdays>", "day_pattern", "", "The pattern of these days."},

    {"day_pattern", "poisson", "rate", "", "At this rate while the site is open."},
    {"day_pattern", "per_hour", "per_hour", "", "People per hour in each range of hours."},

    {"batch", "size", "integer", required, "People at once."},
    {"batch", "poisson", "rate", required, "So many batches, while the site is open."},

    {"season", "<month>", "number", "", "The factor on this month."},

    {"dates", "<date>", "number", "", "The factor on this day."},

    {"bookings", "per_day", "number", required,
     "People who ask for a slot, on each day that the site opens."},
    {"bookings", "slot", "duration", "that of the site's window",
     "The length of a slot; must be given where no window of the site offers the service."},
    {"bookings", "per_slot", "integer", "1, or the places of the site's window where slot is its",
     "People per slot."},
    {"bookings", "days_ahead", "time", "the next day", "How far ahead the wished day is."},
    {"bookings", "no_show", "share", "0 %", "The share that does not come."},
    {"bookings", "punctuality", "time", "on time", "The arrival before (negative) or after the booked time."},
    {"bookings", "late_after", "duration", "never", "Who comes later than this is a walk-in."},

    {"balking", "at_length", "integer", required, "So many people waiting at the site, or more."},
    {"balking", "share", "share", "100 %", "The share that then turns away."},

    {"if_unserved", "retry_after", "time", required, "How long until the person comes again."},
    {"if_unserved", "share", "share", "100 %", "The share that comes again."},
    {"if_unserved", "at_most", "integer", "1", "How often."},

    {"target", "measure", "measure", required, "The measure of a run."},
    {"target", "limit", "duration", "", "The wait that `served_within` speaks of."},
    {"target", "at_least", "share | number | duration | money", "",
     "Met when the whole interval is at or above this."},
    {"target", "at_most", "share | number | duration | money", "",
     "Met when the whole interval is at or below this."},
    {"target", "site", "id", "all", "For one site."},
    {"target", "service", "id", "all", "For one service."},
    {"target", "group", "id", "all", "For one group of people."},
    {"target", "channel", "channel", "all", "For one channel."},

    {"distribution", "constant", "duration | number", "", "Always this."},
    {"distribution", "exponential", "duration | number", "", "Exponential with this mean."},
    {"distribution", "erlang", "mean_and_k", "", "The sum of k exponential phases."},
    {"distribution", "gamma", "mean_and_cv", "", "Gamma."},
    {"distribution", "lognormal", "mean_and_cv", "", "Lognormal."},
    {"distribution", "weibull", "mean_and_cv", "", "Weibull."},
    {"distribution", "hyperexponential", "mean_and_cv", "",
     "Two balanced exponential phases; cv at least 1."},
    {"distribution", "normal", "mean_and_sd", "", "Normal; lengths of time are cut at zero."},
    {"distribution", "uniform", "list (duration | number)", "", "Between two values: `[3 min, 9 min]`."},
    {"distribution", "triangular", "list (duration | number)", "",
     "Lowest, likeliest, highest: `[2 min, 5 min, 12 min]`."},
    {"distribution", "mixture", "list branch", "",
     "One of several distributions, by shares that add up to 100 %."},
    {"distribution", "empirical", "file", "",
     "One of the values of a CSV file, each as likely as the others."},

    {"mean_and_k", "mean", "duration | number", required, "The mean."},
    {"mean_and_k", "k", "integer", required, "The number of phases, at least 1."},

    {"mean_and_cv", "mean", "duration | number", required, "The mean."},
    {"mean_and_cv", "cv", "number", required, "The standard deviation divided by the mean."},

    {"mean_and_sd", "mean", "duration | number", required, "The mean."},
    {"mean_and_sd", "sd", "duration | number", required, "The standard deviation."},

    {"branch", "share", "share", required, "The share of this branch."},
    {"branch", "<distribution>", "", "", "The distribution of this branch."},

    {"scenario", "about", "text", "", "What the scenario tries out."},
    {"scenario", "changes", "list change", required, "The changes to the model, made in this order."},

    {"change", "set", "path", "",
     "What to give another value, which must be there: `sites.shop.desks.a.count`."},
    {"change", "to", "", "", "The value for `set`."},
    {"change", "scale", "path", "", "What to multiply: rates, counts, durations, all those below the path."},
    {"change", "by", "number | share", "", "The factor for `scale`."},
    {"change", "add", "path", "", "What to add: a key that is not there yet, or a list that gets one more."},
    {"change", "value", "", "", "The value for `add`."},
    {"change", "remove", "path", "", "What to take away."},

    {"situation", "about", "text", "", "The situation in a sentence."},
    {"situation", "person", "person", required, "Who comes, and for what."},
    {"situation", "must", "list must", required, "What must come true."},

    {"person", "group", "id", "", "The group of `people` that this person is of."},
    {"person", "wants", "id", required, "A service or a life event."},
    {"person", "needs", "id | list id", "all of them",
     "Of the life event that is wanted, the services that this person needs."},
    {"person", "can", "channel | list channel", "[counter]",
     "The channels that this person can use, best first."},
    {"person", "site", "id", "any that serves the need, the nearest first", "Where this person goes."},
    {"person", "from", "moment", required,
     "When the need arises in each simulated week: `mon 10:00`, or a date and hour for that day of the "
     "week."},

    {"must", "served", "boolean", "", "Everything wanted is done."},
    {"must", "visits", "at_most_integer", "", "No more visits than this: `at most 1`."},
    {"must", "within", "duration", "", "From the need to its end."},
    {"must", "cost", "at_most_money", "", "Fees and travel together: `at most 30 EUR`."},
};

}  // namespace

std::span<const KeyRow> key_table() { return rows; }

std::span<const KeyRow> keys_of(std::string_view object) {
    const auto is_of = [&](const KeyRow& row) { return row.object == object; };
    const auto* begin = std::find_if(std::begin(rows), std::end(rows), is_of);
    const auto* end = std::find_if_not(begin, std::end(rows), is_of);
    return {begin, end};
}

}  // namespace balcao::model

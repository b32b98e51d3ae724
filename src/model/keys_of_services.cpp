// What services, what happens to people and who answers for them: the keys of a catalogue.
#include "model/key_rows.hpp"

namespace balcao::model {
namespace {

constexpr KeyRow service_rows[] = {
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
    {"model", "details", "map detail", "", "What people say of themselves where they ask for a service."},
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
    {"model", "protocols", "map protocol", "",
     "What was agreed with hosts: which services are had where by them, from when to when."},
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
    {"entity", "way_in", "way_in", "an inbox", "How requests reach it."},
    {"entity", "source", "source_name", "",
     "Where this comes from: a key of `sources`, `demonstration` or `unverified`."},

    {"way_in", "by", "'inbox' | 'http' | 'events' | 'mail'", "inbox",
     "An inbox in the pages of the city, a request of HTTP with JSON, an event of CloudEvents 1.0, or a "
     "letter "
     "with a link for the answer."},
    {"way_in", "address", "string", "",
     "Where requests go: `https://…`, or a mail address; an inbox has none."},
    {"way_in", "on_doubt", "'ask_person' | 'send_again' | 'look_up'", "ask_person",
     "When nobody knows whether a request arrived: a person finds out; it is sent again, because the entity "
     "does nothing twice under one key; or the entity is asked whether it has it."},
    {"way_in", "takes_back", "boolean", "false",
     "It undoes what it did, when it is told to; else people do."},
    {"way_in", "four_eyes", "boolean", "false", "What is done for it by hand needs a second person."},
    {"way_in", "due", "duration", "2 days", "Within this a person has done what is done by hand."},
    {"way_in", "at_once", "integer", "4", "Requests under way at most, of one server."},
    {"way_in", "per_minute", "integer", "600", "Requests begun in a minute at most, of one server."},
    {"way_in", "gives_up", "duration", "30 s", "Who asks it waits no longer for an answer."},
    {"way_in", "settles", "duration", "2 min",
     "After that, a request may still arrive there for so long: before, its absence says nothing."},
    {"way_in", "fields", "field_names", "", "The names under which it gets what was said."},

    {"field_names", "<id>", "string", "",
     "The field of this detail or fact: `applicant.name` is a member of an object."},

    {"detail", "name", "text", required, "What is asked, as the label of a field."},
    {"detail", "help", "text", "", "What is meant, or where it stands."},
    {"detail", "kind", "'text' | 'long_text' | 'date' | 'digits' | 'mail' | 'phone'", "text",
     "What can be written; `digits` are those of a number that names something."},
    {"detail", "length", "integer", "any number", "Of `digits`: so many."},
    {"detail", "autofill", "string", "",
     "What browsers know it as (HTML, autofill): `name`, `bday`, `email`."},

    {"request", "asks", "id | list id", "", "The details that its entity needs."},
    {"request", "tells", "id | list id", "", "The facts that its entity needs, where they were answered."},
    {"request", "effect", "'reversible' | 'compensable' | 'point_of_no_return'", "compensable",
     "Whether what was done can be taken back: as if it had never been, by something that makes up for it, "
     "or "
     "not at all."},

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
    {"service", "request", "request", "", "How it is asked for without going there; else it is not."},
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
    {"field_sources", "request", "source_name", "", "Where how it is asked for from afar comes from."},
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
    {"event_step", "informs", "id | list id", "",
     "The entities that learn of it from the entity of this service, once it is concluded: nobody tells them "
     "again."},
};

}  // namespace

std::span<const KeyRow> key_rows_of_services() { return service_rows; }

}  // namespace balcao::model

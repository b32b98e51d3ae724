#pragma once
// The service model: a city's services, life events, sites and demand as values. Read from YAML by read.hpp,
// checked as a whole by check.hpp, printed by print.hpp. A `Model` in hand has passed the check: who holds
// one may trust its references.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "base/money.hpp"
#include "model/demand.hpp"
#include "model/distribution.hpp"
#include "model/duty.hpp"
#include "model/keys.hpp"
#include "model/life_event.hpp"
#include "model/other_names.hpp"
#include "model/protocol.hpp"
#include "model/publishing.hpp"
#include "model/request.hpp"
#include "model/site.hpp"

namespace balcao::model {

enum class EntityKind : unsigned char { public_body, private_body };

struct Entity {
    EntityKey key;
    LocalText name;
    OtherNames also;
    EntityKind kind = EntityKind::public_body;
    WayIn way_in{};
    std::string source;
    friend bool operator==(const Entity&, const Entity&) = default;
};

// Where a step leads. `to` empty: `leave`, the visit ends served.
struct Next {
    std::optional<StepKey> to;
    double share = 1;  // 0..1
    friend bool operator==(const Next&, const Next&) = default;
};

struct Step {
    StepKey key;
    DeskKey at;
    PerChannel<Distribution> duration;  // microseconds
    std::vector<Next> next;             // never empty in a checked model: the default is written out
    friend bool operator==(const Step&, const Step&) = default;
};

// Where one field of a thing comes from; the field by its key in the model's text.
struct FieldSource {
    std::string field;
    std::optional<ChannelKey> channel;  // of a fee, where one channel's comes from elsewhere than another's
    std::string source;                 // a key of `sources`, "demonstration" or "unverified"
    friend bool operator==(const FieldSource&, const FieldSource&) = default;
};

struct Service {
    ServiceKey key;
    LocalText name;
    OtherNames also;
    LocalText about;  // in plain words, for who does not know its name
    std::optional<EntityKey> entity;
    std::optional<ServiceKey> specialises;  // the service of which this is one form
    PerChannel<Distribution> duration;      // microseconds; empty when there are steps
    std::vector<Step> steps;
    PerChannel<Money> fee;
    std::optional<Term> takes;        // from the request to what comes of it
    std::vector<ServiceTerms> terms;  // in place of both, for some people
    std::vector<Exclusion> refused;   // the first that holds says why not
    std::vector<RequiredDocument> documents;
    std::optional<Request> request;          // nothing: it is not asked for from afar
    PerChannel<Distribution> patience;       // for demand entries that give none; microseconds
    bool strict_order = false;               // its order gives rights, so nobody has priority in it
    bool simple = false;                     // information, or so little that a city asks nothing for it
    std::string source;                      // of all of it
    std::vector<FieldSource> field_sources;  // or of each field
    friend bool operator==(const Service&, const Service&) = default;

    // Where that field comes from, as pages and reports mark it: a key of `sources`, "demonstration" (an
    // invented figure), "unverified" (general knowledge that nobody has checked); empty where nothing is
    // said.
    [[nodiscard]] std::string source_of(std::string_view field) const;
    [[nodiscard]] std::string source_of_fee(const ChannelKey& channel) const;
};

// A place that figures come from.
struct Source {
    std::string key;
    std::string title;
    std::string url;
    friend bool operator==(const Source&, const Source&) = default;
};

struct Target {
    std::string measure;
    std::optional<Duration> limit;  // for served_within
    std::optional<double>
        at_least;  // shares 0..1, times in minutes (days_to_solution: days), money in its main unit
    std::optional<double> at_most;
    std::optional<SiteKey> site;
    std::optional<ServiceKey> service;
    std::optional<GroupKey> group;
    std::optional<ChannelKey> channel;
    friend bool operator==(const Target&, const Target&) = default;
};

// How long after its day what was said of a person is kept; nothing: for ever.
struct Retention {
    std::optional<Duration> visits;
    std::optional<Duration> appointments;
    std::optional<Duration> cases;  // after the last that happened to one that is over
    friend bool operator==(const Retention&, const Retention&) = default;
};

// Who interprets by telephone for whoever speaks none of the pages' languages; without a number: nobody.
struct Interpreters {
    LocalText name;
    std::string phone;  // as people read it
    std::string source;
    friend bool operator==(const Interpreters&, const Interpreters&) = default;
};

struct Model {
    std::string key;  // the file's or folder's name
    LocalText name;
    LocalText about;
    std::string time_zone = "UTC";
    std::vector<std::string> languages{"en"};
    Date first_day{};
    std::vector<Source> sources;
    std::vector<Entity> entities;
    std::vector<Document> documents;
    std::vector<Fact> facts;
    std::vector<Detail> details;
    std::vector<Service> services;
    std::vector<LifeEvent> life_events;
    std::vector<Site> sites;
    std::vector<Group> people;
    std::optional<Travel> travel;
    std::vector<Demand> demand;
    std::vector<Target> targets;
    Retention retention;
    Interpreters interpreters;
    std::vector<Duty> duties;
    std::vector<Protocol> protocols;
    std::vector<PublishingRule> publishing;
    friend bool operator==(const Model&, const Model&) = default;

    // Null when there is none of that name.
    [[nodiscard]] const Service* find(const ServiceKey& wanted) const;
    [[nodiscard]] const Site* find(const SiteKey& wanted) const;
    [[nodiscard]] const Group* find(const GroupKey& wanted) const;
    [[nodiscard]] const Entity* find(const EntityKey& wanted) const;
    [[nodiscard]] const LifeEvent* find(const LifeEventKey& wanted) const;
    [[nodiscard]] const Document* find(const DocumentKey& wanted) const;
    [[nodiscard]] const Fact* find(const FactKey& wanted) const;
    [[nodiscard]] const Detail* find(const DetailKey& wanted) const;

    // Some site never closes: runs are steady-state, not day by day.
    [[nodiscard]] bool is_steady_state() const;
};

// Something of it is invented.
template <class Thing>
bool is_demonstration(const Thing& thing) {
    return thing.source == "demonstration";
}

bool is_demonstration(const Service& service);

// The name for people, in the language or else in any; the key where the model gives no name.
template <class Thing>
std::string name_of(const Thing& thing, std::string_view language) {
    return thing.name.in(language, thing.key.text());
}

}  // namespace balcao::model

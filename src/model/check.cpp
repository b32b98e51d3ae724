#include "model/check.hpp"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

// The names that exist, by what they name.
struct Names {
    std::vector<std::string> services;
    std::vector<std::string> sites;
    std::vector<std::string> entities;
    std::vector<std::string> groups;
    std::vector<std::string> sources;
};

class References {
public:
    explicit References(const CheckedModel& checked)
        : checked_{checked},
          names_{keys_of_things(checked.model.services), keys_of_things(checked.model.sites),
                 keys_of_things(checked.model.entities), keys_of_things(checked.model.people),
                 keys_of_things(checked.model.sources)} {}

    void check() const {
        const Model& model = checked_.model;
        for (const Source& one : model.sources)
            if (one.key == "demonstration" || one.key == "unverified")
                checked_.remarks.mistake(
                    checked_.places.key({"sources", one.key}),
                    fmt::format("{} is a word of the language: give the source another name", one.key));
        for (const Entity& entity : model.entities)
            source(entity.source, {"entities", entity.key.text(), "source"});
        for (const Service& service : model.services) {
            const Path path{"services", service.key.text()};
            if (service.entity)
                refer(service.entity->text(), names_.entities, "entity", below(path, "entity"));
            source(service.source, below(path, "source"));
            check_field_sources(service, below(path, "source"));
        }
        for (const Document& document : model.documents) {
            const Path path{"documents", document.key.text()};
            if (document.held_by)
                refer(document.held_by->text(), names_.entities, "entity", below(path, "held_by"));
            source(document.source, below(path, "source"));
        }
        for (const LifeEvent& event : model.life_events)
            source(event.source, {"life_events", event.key.text(), "source"});
        source(model.interpreters.source, {"interpreters", "source"});
        for (const Site& site : model.sites)
            check_site(site);
        for (const Group& group : model.people) {
            const Path path{"people", group.key.text()};
            for (const auto& [site, km] : group.distance_km)
                refer_key(site.text(), names_.sites, "site", below(below(path, "distance"), site.text()));
            source(group.source, below(path, "source"));
        }
        for (std::size_t i = 0; i < model.demand.size(); ++i)
            check_entry(model.demand[i], {"demand", std::to_string(i)});
        for (std::size_t i = 0; i < model.targets.size(); ++i)
            check_target(model.targets[i], {"targets", std::to_string(i)});
        for (const Duty& duty : model.duties)
            check_duty(duty, {"duties", duty.key.text()});
        for (const Protocol& protocol : model.protocols)
            check_protocol(protocol, {"protocols", protocol.key.text()});
    }

private:
    static Path below(Path path, std::string part) {
        path.push_back(std::move(part));
        return path;
    }

    void refer_at(const text::YamlMark& mark,
                  const std::string& name,
                  const std::vector<std::string>& names,
                  std::string_view what) const {
        model::refer(checked_, mark, name, names, what);
    }

    void refer(const std::string& name,
               const std::vector<std::string>& names,
               std::string_view what,
               const Path& path) const {
        refer_at(checked_.places.value(path), name, names, what);
    }

    void refer_key(const std::string& name,
                   const std::vector<std::string>& names,
                   std::string_view what,
                   const Path& path) const {
        refer_at(checked_.places.key(path), name, names, what);
    }

    void source(const std::string& name, const Path& path) const {
        if (name == "demonstration" || name == "unverified") return;
        std::vector<std::string> names = names_.sources;
        names.emplace_back("demonstration");
        names.emplace_back("unverified");
        refer(name, names, "source", path);
    }

    // That nothing is asked for, or has to be brought, is said of a service too: those two may be left out.
    void check_field_sources(const Service& service, const Path& path) const {
        for (const FieldSource& of : service.field_sources) {
            const Path field = below(path, of.field);
            const Path place = of.channel ? below(field, of.channel->text()) : field;
            source(of.source, place);
            const bool can_be_absent = of.field == "fee" || of.field == "documents";
            if (!can_be_absent && !checked_.places.has({"services", service.key.text(), of.field}))
                checked_.remarks.mistake(checked_.places.key(place),
                                         fmt::format("{} has no {}: nothing comes from {}",
                                                     service.key.text(), of.field, of.source));
        }
    }

    void check_site(const Site& site) const {
        const Path path{"sites", site.key.text()};
        source(site.source, below(path, "source"));
        for (const auto& [service, weight] : site.queue.weights)
            refer(service.text(), names_.services, "service", below(path, "queue"));
        for (const DeskGroup& desk : site.desks) {
            const Path desk_path = below(below(path, "desks"), desk.key.text());
            source(desk.source, below(desk_path, "source"));
            for (std::size_t i = 0; i < desk.serves.size(); ++i) {
                const std::string& name = desk.serves[i].service.text();
                const Path serves = below(below(desk_path, "serves"), std::to_string(i));
                const Path skills = below(below(desk_path, "skills"), name);
                const bool has_skills = checked_.places.has(skills);
                refer_at(has_skills ? checked_.places.key(skills) : checked_.places.value(serves), name,
                         names_.services, "service");
            }
        }
    }

    void check_entry(const Demand& demand, const Path& path) const {
        refer(demand.service.text(), names_.services, "service", below(path, "service"));
        refer(demand.site.text(), names_.sites, "site", below(path, "site"));
        if (demand.group) refer(demand.group->text(), names_.groups, "group of people", below(path, "group"));
        for (const ChannelShare& channel : demand.channels)
            if (channel.site)
                refer(channel.site->text(), names_.sites, "site",
                      below(below(below(path, "channels"), channel.channel.text()), "site"));
        source(demand.source, below(path, "source"));
    }

    void check_target(const Target& target, const Path& path) const {
        if (target.site) refer(target.site->text(), names_.sites, "site", below(path, "site"));
        if (target.service) refer(target.service->text(), names_.services, "service", below(path, "service"));
        if (target.group) refer(target.group->text(), names_.groups, "group of people", below(path, "group"));
    }

    template <class Keys>
    void check_list(const Keys& keys,
                    const std::vector<std::string>& names,
                    std::string_view what,
                    const Path& path) const {
        const bool is_list = checked_.places.has(below(path, "0"));
        for (std::size_t i = 0; i < keys.size(); ++i)
            refer(keys[i].text(), names, what, is_list ? below(path, std::to_string(i)) : path);
    }

    void check_duty(const Duty& duty, const Path& path) const {
        source(duty.source, below(path, "source"));
        check_list(duty.sites, names_.sites, "site", below(path, "sites"));
        check_list(duty.services, names_.services, "service", below(path, "services"));
    }

    void check_protocol(const Protocol& protocol, const Path& path) const {
        source(protocol.source, below(path, "source"));
        refer(protocol.host.text(), names_.entities, "entity", below(path, "host"));
        check_list(protocol.sites, names_.sites, "site", below(path, "sites"));
        check_list(protocol.services, names_.services, "service", below(path, "services"));
        std::vector<std::string> desks;
        for (const Site& site : checked_.model.sites)
            if (protocol.names(site.key))
                for (const DeskGroup& group : site.desks)
                    desks.push_back(group.key.text());
        check_list(protocol.desks, desks, "desk at its sites", below(path, "desks"));
    }

    const CheckedModel& checked_;
    Names names_;
};

template <class Things>
std::size_t demonstrations_in(const Things& things) {
    return static_cast<std::size_t>(std::count_if(things.begin(), things.end(),
                                                  [](const auto& thing) { return is_demonstration(thing); }));
}

// Invented figures are no mistake, but nobody may take them for measured ones.
void note_demonstrations(const CheckedModel& checked) {
    const Model& model = checked.model;
    std::size_t count = demonstrations_in(model.entities) + demonstrations_in(model.services) +
                        demonstrations_in(model.documents) + demonstrations_in(model.life_events) +
                        demonstrations_in(model.sites) + demonstrations_in(model.people) +
                        demonstrations_in(model.demand) + demonstrations_in(model.protocols);
    for (const Site& site : model.sites)
        count += demonstrations_in(site.desks);
    if (count == 0) return;
    checked.remarks.note({}, fmt::format("{} {} marked as a demonstration: those figures are invented", count,
                                         count == 1 ? "part is" : "parts are"));
}

}  // namespace

void refer(const CheckedModel& checked,
           const text::YamlMark& mark,
           const std::string& name,
           const std::vector<std::string>& names,
           std::string_view what) {
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
    checked.remarks.mistake(mark,
                            fmt::format("there is no {} named {}{}", what, name, instead_of(name, names)));
}

void check_references(const CheckedModel& checked) { References{checked}.check(); }

void check_model(const CheckedModel& checked) {
    check_references(checked);
    check_life_events(checked);
    check_requests(checked);
    check_limits(checked);
    check_sites(checked);
    check_appointments(checked);
    check_kiosks(checked);
    check_steps(checked);
    check_demand(checked);
    check_targets(checked);
    if (checked.remarks.has_mistakes()) return;
    check_publishing(checked);
    check_load(checked);
    note_demonstrations(checked);
}

}  // namespace balcao::model

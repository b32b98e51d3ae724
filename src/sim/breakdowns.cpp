#include "sim/breakdowns.hpp"

#include <set>

namespace balcao::sim {

namespace {

template <class Cell>
void add_fields(Cell& to, const Cell& from) {
    // Every cell is a row of 64-bit counters and nothing else.
    static_assert(sizeof(Cell) % sizeof(std::int64_t) == 0 && std::is_trivially_copyable_v<Cell>);
    auto* target = reinterpret_cast<std::int64_t*>(&to);
    const auto* source = reinterpret_cast<const std::int64_t*>(&from);
    for (std::size_t field = 0; field < sizeof(Cell) / sizeof(std::int64_t); ++field)
        target[field] += source[field];
}

std::optional<std::string> named(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

}  // namespace

Totals& Totals::operator+=(const Totals& other) {
    for (std::size_t slot = 0; slot < contacts.size(); ++slot)
        add_fields(contacts[slot], other.contacts[slot]);
    for (std::size_t slot = 0; slot < needs.size(); ++slot)
        add_fields(needs[slot], other.needs[slot]);
    for (std::size_t slot = 0; slot < steps.size(); ++slot)
        add_fields(steps[slot], other.steps[slot]);
    for (std::size_t slot = 0; slot < desks.size(); ++slot)
        add_fields(desks[slot], other.desks[slot]);
    return *this;
}

const NeedCell& Totals::needs_of(const Part& part) const {
    static constexpr NeedCell no_needs{};
    return part.needs < 0 ? no_needs : needs[static_cast<std::size_t>(part.needs)];
}

Totals Breakdowns::empty_totals() const {
    Totals totals;
    totals.contacts.resize(slots_[static_cast<std::size_t>(About::contacts)]);
    totals.needs.resize(static_cast<std::size_t>(needs_slots_));
    totals.steps.resize(slots_[static_cast<std::size_t>(About::steps)]);
    totals.desks.resize(slots_[static_cast<std::size_t>(About::desks)]);
    return totals;
}

Breakdowns::Breakdowns(const CityPlan& city) : city_{city} {
    std::set<std::string> channels;
    std::size_t sites = 0;
    for (const auto& world : city.worlds) {
        sites += world.sites.size();
        for (const auto& contact : world.classes)
            channels.insert(contact.channel);
    }
    has_one_site_ = sites == 1;
    has_channels_ = channels.size() > 1;
    slot_of({}, About::contacts);
    worlds_.resize(city.worlds.size());
    for (std::size_t world = 0; world < city.worlds.size(); ++world)
        add_sites(city.worlds[world], worlds_[world]);
    for (std::size_t world = 0; world < city.worlds.size(); ++world)
        add_contacts(city.worlds[world], worlds_[world]);
    for (std::size_t world = 0; world < city.worlds.size(); ++world) {
        add_desks(city.worlds[world], worlds_[world]);
        add_legs(city.worlds[world], worlds_[world]);
    }
    link_open_hours();
}

Part& Breakdowns::part_of(const Breakdown& of, About about) {
    const auto [found, is_new] = index_.try_emplace({about, of}, static_cast<std::uint32_t>(parts_.size()));
    if (is_new) {
        Part& part = parts_.emplace_back(Part{of, about, slots_[static_cast<std::size_t>(about)]++});
        if (about == About::contacts && !of.hour) part.needs = needs_slots_++;
    }
    return parts_[found->second];
}

void Breakdowns::add_contacts(const WorldPlan& world, WorldPlaces& places) {
    places.contacts.resize(world.classes.size() * hours);
    places.needs.resize(world.classes.size());
    for (std::size_t number = 0; number < world.classes.size(); ++number) {
        const auto& contact = world.classes[number];
        const auto& site = world.sites[contact.site].key;
        std::vector<Breakdown> whole{
            {}, {.site = site}, {.service = contact.service}, {.site = site, .service = contact.service}};
        if (has_channels_) {
            whole.push_back({.channel = contact.channel});
            whole.push_back({.service = contact.service, .channel = contact.channel});
        }
        if (const auto group = named(contact.group)) {
            whole.push_back({.group = group});
            whole.push_back({.service = contact.service, .group = group});
            if (has_channels_) whole.push_back({.group = group, .channel = contact.channel});
        }
        for (const auto& of : whole) {
            const Part& part = part_of(of, About::contacts);
            places.needs[number].push_back(static_cast<std::uint32_t>(part.needs));
            for (std::size_t hour = 0; hour < hours; ++hour)
                places.contacts[number * hours + hour].push_back(part.slot);
        }
        for (std::size_t hour = 0; hour < hours; ++hour) {
            const int at = static_cast<int>(hour);
            for (const Breakdown& of : {Breakdown{.hour = at}, Breakdown{.site = site, .hour = at},
                                        Breakdown{.service = contact.service, .hour = at}})
                places.contacts[number * hours + hour].push_back(slot_of(of, About::contacts));
        }
    }
}

void Breakdowns::add_sites(const WorldPlan& world, WorldPlaces& places) {
    places.sites.resize(world.sites.size() * hours);
    for (std::size_t number = 0; number < world.sites.size(); ++number) {
        for (std::size_t hour = 0; hour < hours; ++hour) {
            const int at = static_cast<int>(hour);
            auto& to = places.sites[number * hours + hour];
            to.push_back(slot_of({.site = world.sites[number].key}, About::contacts));
            to.push_back(slot_of({.site = world.sites[number].key, .hour = at}, About::contacts));
            if (!has_one_site_) continue;
            to.push_back(slot_of({}, About::contacts));
            to.push_back(slot_of({.hour = at}, About::contacts));
        }
    }
}

void Breakdowns::add_desks(const WorldPlan& world, WorldPlaces& places) {
    places.desks.resize(world.groups.size() * hours);
    for (std::size_t number = 0; number < world.groups.size(); ++number) {
        const auto& group = world.groups[number];
        if (group.is_unlimited) continue;
        const auto& site = world.sites[group.site].key;
        for (std::size_t hour = 0; hour < hours; ++hour) {
            const int at = static_cast<int>(hour);
            for (const Breakdown& of :
                 {Breakdown{}, Breakdown{.site = site}, Breakdown{.site = site, .desk = group.desk},
                  Breakdown{.hour = at}, Breakdown{.site = site, .hour = at},
                  Breakdown{.site = site, .desk = group.desk, .hour = at}})
                places.desks[number * hours + hour].push_back(slot_of(of, About::desks));
        }
    }
}

void Breakdowns::add_legs(const WorldPlan& world, WorldPlaces& places) {
    places.legs.resize(world.legs.size());
    for (std::size_t number = 0; number < world.legs.size(); ++number) {
        const auto& leg = world.legs[number];
        if (leg.step.empty()) continue;
        const auto& contact = world.classes[leg.contact_class];
        places.legs[number].push_back(
            slot_of({.site = world.sites[contact.site].key, .service = contact.service, .step = leg.step},
                    About::steps));
    }
}

// Time averages of a site's part are over the hours in which that site is open (or not yet empty).
void Breakdowns::link_open_hours() {
    for (auto& part : parts_) {
        if (part.about != About::contacts || part.of.group || part.of.channel) continue;
        if (!part.of.site && !has_one_site_) continue;
        if (part.of.service && part.of.hour) continue;
        Breakdown open{.site = part.of.site, .hour = part.of.hour};
        const auto found = index_.find({About::contacts, open});
        if (found != index_.end()) part.open_of = static_cast<std::int32_t>(parts_[found->second].slot);
    }
}

void Breakdowns::fold(std::size_t world, const Ledger& ledger, Totals& totals) const {
    const auto& places = worlds_[world];
    const auto add = [](const auto& cells, const std::vector<Places>& where, auto&& target) {
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            for (const auto slot : where[cell])
                add_fields(target(slot), cells[cell]);
    };
    add(
        ledger.contacts, places.contacts, [&](auto slot) -> auto& { return totals.contacts[slot].contacts; });
    add(
        ledger.sites, places.sites, [&](auto slot) -> auto& { return totals.contacts[slot].sites; });
    add(
        ledger.needs, places.needs, [&](auto slot) -> auto& { return totals.needs[slot]; });
    add(
        ledger.legs, places.legs, [&](auto slot) -> auto& { return totals.steps[slot]; });
    add(
        ledger.desks, places.desks, [&](auto slot) -> auto& { return totals.desks[slot]; });
}

void Breakdowns::fold_needs(std::size_t world, std::span<const NeedCell> needs, Totals& totals) const {
    for (std::size_t number = 0; number < needs.size(); ++number)
        for (const auto slot : worlds_[world].needs[number])
            add_fields(totals.needs[slot], needs[number]);
}

std::vector<std::uint32_t> Breakdowns::classes_of(std::size_t world, const Part& part) const {
    std::vector<std::uint32_t> classes;
    if (part.about != About::contacts || part.of.hour) return classes;
    const auto& plan = city_.worlds[world];
    const auto fits = [](const std::optional<std::string>& wanted, const std::string& is) {
        return !wanted || *wanted == is;
    };
    for (std::uint32_t number = 0; number < plan.classes.size(); ++number) {
        const auto& contact = plan.classes[number];
        if (fits(part.of.site, plan.sites[contact.site].key) && fits(part.of.service, contact.service) &&
            fits(part.of.channel, contact.channel) && fits(part.of.group, contact.group))
            classes.push_back(number);
    }
    return classes;
}

}  // namespace balcao::sim

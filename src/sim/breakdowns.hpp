#pragma once
// Which parts of a city results are given for, and which counters of which world add up to each. Made once
// per city; used by the runner to fold ledgers and by the summary to make rows.
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sim/ledger.hpp"
#include "sim/results.hpp"
#include "sim/world_plan.hpp"

namespace balcao::sim {

// Everything counted of the people of one part of the city in one unit; whole numbers.
struct ContactTotals {
    ContactCell contacts;
    SiteCell sites;
};

// What kind of counters stand behind a part, and so which measures it has.
enum class About : std::uint8_t { contacts, steps, desks };

struct Part {
    Breakdown of;
    About about = About::contacts;
    std::uint32_t slot = 0;     // in the totals of its kind
    std::int32_t open_of = -1;  // the slot whose open hours its time averages are over; -1: none
    std::int32_t needs = -1;    // the slot of its needs; -1: an hour of the day has none
};

// The totals of all parts in one unit, by kind, so that the many parts about desks and hours stay small.
struct Totals {
    std::vector<ContactTotals> contacts;
    std::vector<NeedCell> needs;
    std::vector<LegCell> steps;
    std::vector<DeskCell> desks;

    Totals& operator+=(const Totals& other);

    // All zero where the part has none.
    [[nodiscard]] const NeedCell& needs_of(const Part& part) const;
};

class Breakdowns {
public:
    explicit Breakdowns(const CityPlan& city);

    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

    // All zero.
    [[nodiscard]] Totals empty_totals() const;

    // Adds a world's ledger to the totals of every part that it is about.
    void fold(std::size_t world, const Ledger& ledger, Totals& totals) const;

    // Adds needs of a world, by class.
    void fold_needs(std::size_t world, std::span<const NeedCell> needs, Totals& totals) const;

    // The classes of a world whose single people belong to that part.
    [[nodiscard]] std::vector<std::uint32_t> classes_of(std::size_t world, const Part& part) const;

private:
    using Places = std::vector<std::uint32_t>;

    struct WorldPlaces {
        std::vector<Places> contacts;  // class by hour
        std::vector<Places> legs;
        std::vector<Places> sites;  // site by hour
        std::vector<Places> desks;  // group by hour
        std::vector<Places> needs;  // class
    };

    Part& part_of(const Breakdown& of, About about);

    std::uint32_t slot_of(const Breakdown& of, About about) { return part_of(of, about).slot; }

    void add_contacts(const WorldPlan& world, WorldPlaces& places);
    void add_sites(const WorldPlan& world, WorldPlaces& places);
    void add_desks(const WorldPlan& world, WorldPlaces& places);
    void add_legs(const WorldPlan& world, WorldPlaces& places);
    void link_open_hours();

    const CityPlan& city_;
    bool has_one_site_ = true;
    bool has_channels_ = false;
    std::vector<Part> parts_;
    std::array<std::uint32_t, 3> slots_{};  // by kind
    std::int32_t needs_slots_ = 0;
    std::map<std::pair<About, Breakdown>, std::uint32_t> index_;
    std::vector<WorldPlaces> worlds_;
};

}  // namespace balcao::sim

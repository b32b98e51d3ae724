#pragma once
// What a shop manager sees of one hall: how the day goes, every desk, every queue and every visit. Taken
// while the hall is looked at, drawn afterwards; used by the manager's page and by its stream. Internal to
// `web`.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "front/hall_view.hpp"
#include "html/html.hpp"
#include "web/language.hpp"

namespace balcao::web {

using front::HallView;

struct QueueRow {
    std::string service;
    std::size_t waiting = 0;
    std::chrono::minutes longest{};  // wait up to now
};

struct DeskRow {
    office::DeskId id;
    office::Desk desk;
    std::optional<office::Number> number;  // called or being served
    Instant since{};                       // that it does what it does; of a closed one nothing is known
};

struct VisitRow {
    office::Number number;
    std::string state;     // as office::name_of says
    std::string services;  // names, with commas
    bool has_priority = false;
    Instant arrived{};
    std::chrono::minutes waited{};
    std::optional<office::DeskId> desk;
};

struct FloorView {
    HallView hall;
    std::vector<QueueRow> queues;  // where somebody waits; the longest wait first
    std::vector<DeskRow> desks;    // in the order of the model
    std::vector<VisitRow> visits;  // the last first
    std::size_t served = 0;
    std::size_t missed = 0;
    std::size_t left = 0;
    std::chrono::minutes wait_mean{};  // of those called up to now
    std::chrono::minutes wait_most{};  // that nine of ten of them did not exceed
};

FloorView floor_of(const office::Hall& hall, Instant now, const CivilTime& clocks, std::string_view language);

// What the drawing asks of the pages.
struct FloorNames {
    const model::Site& site;
    const office::Layout& layout;
    const Zone& zone;
    bool may_manage = false;  // then there are buttons
    std::function<std::string(const office::StaffKey&)> staff;
    std::function<std::string(office::Number)> link;  // of a ticket
};

void write_floor(html::Content& into, const Words& words, const FloorView& view, const FloorNames& names);

}  // namespace balcao::web

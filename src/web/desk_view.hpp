#pragma once
// What an attendant sees at a desk: who is here, who waits, and the button for each thing to do. Taken while
// the hall is looked at, drawn afterwards; used by the page of the desk and by its stream. Internal to `web`.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "html/html.hpp"
#include "office/hall.hpp"
#include "web/language.hpp"

namespace balcao::web {

struct Place {
    const model::Site* site = nullptr;
    office::DeskId desk;
};

struct Waiter {
    office::Number number;
    std::string service;
    bool has_priority = false;
    std::chrono::minutes waited{};
    bool can_be_called = false;
};

// A desk of the site that asks for help.
struct Alarm {
    office::DeskId desk;
    office::Emergency emergency;
};

// A visit that this desk sent on and can still take back.
struct Sent {
    office::Number number;
    std::string to;  // the service
};

struct DeskView {
    office::Desk desk;
    std::optional<office::Visit> visit;
    std::vector<Waiter> waiting;
    std::vector<office::Visit> parked;
    std::vector<Sent> sent;
    std::vector<Alarm> alarms;                                // this desk's own too
    std::vector<std::pair<std::string, std::string>> onward;  // steps that may follow: key and name
    bool may_leave = true;                                    // leaving is one of them
    std::size_t waiting_elsewhere = 0;                        // for other desks
    Date date{};
    Instant changed{};  // the hall
};

DeskView view_of(const office::Hall& hall,
                 const office::DeskId& desk,
                 Instant now,
                 std::string_view language);

void write_desk(html::Content& into,
                const Words& words,
                const Place& place,
                const DeskView& view,
                const office::Layout& layout);

}  // namespace balcao::web

// The kinds of streams that have rules of their own.
#include <memory>

#include "assist/inspect.hpp"
#include "base/civil.hpp"
#include "booking/inspect.hpp"
#include "booking/look.hpp"
#include "cases/inspect.hpp"
#include "device/register.hpp"
#include "edition/edition_event.hpp"
#include "edition/inspect.hpp"
#include "keeping/verify.hpp"
#include "office/inspect.hpp"
#include "pay/inspect.hpp"
#include "staff/roll.hpp"
#include "staff/staff_event.hpp"

namespace balcao::keeping {

namespace {

// "site/baixa/2026-11-22".
bool is_hall(std::string_view stream) {
    constexpr std::string_view beginning = "site/";
    const auto last = stream.rfind('/');
    return stream.starts_with(beginning) && last > beginning.size() &&
           stream.find('/', beginning.size()) == last && parse_date(stream.substr(last + 1)).has_value();
}

// "staff", "staff/2026-11-22".
bool is_roll(std::string_view stream) { return stream == "staff" || stream.starts_with("staff/"); }

// Every event can be read, and the roll takes it.
std::vector<std::string> inspect_roll(const std::vector<journal::Event>& events) {
    std::vector<std::string> found;
    staff::Roll roll;
    for (const auto& event : events) {
        const auto decoded = staff::decode(event);
        if (decoded)
            roll.apply(*decoded, event.version, event.at);
        else
            found.push_back(decoded.error().what);
    }
    return found;
}

// "devices", "devices/2026-11-22".
bool is_register(std::string_view stream) { return stream == "devices" || stream.starts_with("devices/"); }

// Every event can be read; in the stream that is kept for ever each is about a machine that was enabled.
std::vector<std::string> inspect_register(const std::vector<journal::Event>& events) {
    std::vector<std::string> found;
    device::Register all;
    for (const auto& event : events) {
        const auto decoded = device::decode(event);
        if (!decoded)
            found.push_back(decoded.error().what);
        else if (!all.apply(*decoded, event.at) && event.stream == "devices")
            found.push_back(event.stream + " " + std::to_string(event.version) +
                            ": a machine that was never enabled");
    }
    return found;
}

constexpr const char* offer_cure =
    "what was recorded stays. Was another model in force when this was booked? Name that one with --model; "
    "else this is a mistake of the program: report it with this line";

// The books of days and the lists of persons, which are compared with each other at the end.
Result<StreamKind> kind_of_bookings(const model::Model* offer) {
    BALCAO_TRY(auto made, booking::Inspection::under(offer));
    const std::shared_ptr<booking::Inspection> inspection = std::move(made);
    return StreamKind{"appointment stream", booking::is_inspected,
                      [inspection](const auto& events) { return inspection->take(events); },
                      [inspection] { return inspection->finish(); }, offer != nullptr ? offer_cure : ""};
}

// Cases and the runs of their numbers, which are compared with each other at the end.
Result<StreamKind> kind_of_cases(const model::Model* offer) {
    std::optional<Zone> zone;
    if (offer != nullptr) {
        BALCAO_TRY(zone, Zone::find(offer->time_zone));
    }
    const auto inspection = std::make_shared<cases::Inspection>(std::move(zone));
    return StreamKind{"case stream", cases::is_inspected,
                      [inspection](const auto& events) { return inspection->take(events); },
                      [inspection] { return inspection->finish(); }};
}

// Payments, tills, books of receipts and references, which are compared with each other at the end.
StreamKind kind_of_money() {
    const auto inspection = std::make_shared<pay::Inspection>();
    return {"money stream", pay::is_inspected,
            [inspection](const auto& events) { return inspection->take(events); },
            [inspection] { return inspection->finish(); }};
}

// Sessions at double screens, the doors to them, and what was learnt.
StreamKind kind_of_assistance() {
    const auto inspection = std::make_shared<assist::Inspection>();
    return {"double-screen stream", assist::is_inspected,
            [inspection](const auto& events) { return inspection->take(events); },
            [inspection] { return inspection->finish(); }};
}

}  // namespace

Result<std::vector<StreamKind>> known_kinds(const model::Model* offer) {
    BALCAO_TRY(auto bookings, kind_of_bookings(offer));
    BALCAO_TRY(auto of_cases, kind_of_cases(offer));
    return std::vector<StreamKind>{
        {"hall", is_hall, office::inspect},
        {"staff stream", is_roll, inspect_roll},
        {"device stream", is_register, inspect_register},
        {"model stream", [](std::string_view stream) { return stream == edition::stream; }, edition::inspect},
        std::move(bookings),
        {"look stream", booking::is_stream_of_looks, booking::inspect_looks},
        std::move(of_cases),
        kind_of_money(),
        kind_of_assistance()};
}

}  // namespace balcao::keeping

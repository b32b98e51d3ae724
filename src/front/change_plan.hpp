#pragma once
// A change of the model on its way into force: what it would do, who stands in its way, whose appointments
// would have no place, and publishing it. Used by the pages of administration and by the API, which decide
// nothing of this themselves; it draws no page.
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "booking/bookings.hpp"
#include "edition/editions.hpp"
#include "front/model_change.hpp"
#include "office/front_office.hpp"

namespace balcao::front {

// Whom a change concerns, and where it is published.
struct ChangeRooms {
    office::FrontOffice& office;
    booking::Bookings& bookings;
    edition::Editions& editions;
};

// A change with the model that it would bring about.
struct Planned {
    ModelChange change;
    edition::InForce now;
    edition::Number based_on = 0;  // the version that whoever typed has seen
    std::shared_ptr<const model::Model> model{};
    std::string text{};
    std::vector<model::Remark> warnings{};  // those that the model in force does not have already

    // Somebody else was faster.
    [[nodiscard]] bool is_behind() const { return based_on < now.entry.number; }
};

enum class NoPlan : std::uint8_t {
    wrong,            // `change.wrong` says what
    no_such_version,  // to go back to
    unavailable,
};

struct NotPlanned {
    NoPlan why{};
    ModelChange change;
};

using Plan = std::variant<Planned, NotPlanned>;

// Nothing is written. Without `based_on`, on the version in force.
Plan plan_of(ModelChange change,
             std::optional<edition::Number> based_on,
             const ChangeRooms& rooms,
             const Words& words);

// What whoever publishes should know: each warning once, in words.
std::vector<std::string> warnings_of(const Planned& planned, const Words& words);

// Where a change would send people away: nothing that anybody waits for may go. A sentence each; nothing when
// it cannot be found out now.
std::optional<std::vector<std::string>> obstacles(const Planned& planned,
                                                  const ChangeRooms& rooms,
                                                  const Words& words);

// Appointments that would have no place, at sites that change, each with so many other times; nothing when
// they cannot be read now.
std::optional<std::vector<booking::Clash>> clashes_under(const Planned& planned,
                                                         const ChangeRooms& rooms,
                                                         std::size_t offers);

// Those that the model in force has no place for, at all sites; likewise.
std::optional<std::vector<booking::Clash>> clashes_now(const ChangeRooms& rooms, std::size_t offers);

struct Concerned {
    model::SiteKey site;
    std::size_t waiting = 0;
};

// Sites that change and where people wait now: they keep their numbers and places.
std::vector<Concerned> concerned(const Planned& planned, const ChangeRooms& rooms);

// Who publishes, why, and by which key it may be repeated.
struct Publisher {
    std::string account;
    std::string note;
    std::string key;
};

// Another obstacle than those of the edition: somebody would be sent away.
struct InTheWay {
    std::vector<std::string> sentences;
};

using Published = std::variant<edition::Entry, edition::Refusal, InTheWay>;

// In force here when this returns, elsewhere within seconds. `adopt` brings the last version into force in
// this process.
Published publish(const Planned& planned,
                  const Publisher& publisher,
                  const ChangeRooms& rooms,
                  const std::function<Result<void>()>& adopt,
                  const Words& words);

// Why a version was not published, and the status that says so to a program.
std::string refusal_text(const edition::Refusal& refusal, const Words& words);
int status_of(const edition::Refusal& refusal);

}  // namespace balcao::front

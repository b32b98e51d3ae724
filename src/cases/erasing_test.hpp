#pragma once
// Somebody erases the person of a case on the stage, as a keeper of the journal does beside the servers.
#include "cases/erasing.hpp"
#include "cases/stage_test.hpp"

namespace balcao::cases::stage {

enum class Saying : std::uint8_t { in_the_case, nowhere };

// The key ends; the case says so in the same commit, or nobody does. False when the journal refused.
inline bool erase_person_of(World& world, const CaseNumber& number, Saying saying = Saying::in_the_case) {
    const auto events = world.disk.read(stream_of(number), 0);
    const auto whole = fold(number, *events);
    journal::Commit commit;
    commit.keys.push_back({whole->person.text(), ""});
    auto writing = erasing_of(*events, morning + world.time.passed);
    if (writing && saying == Saying::in_the_case) commit.writings.push_back(*std::move(writing));
    return journal::write_and_wait(world.disk, std::move(commit)) == journal::Outcome::written;
}

inline bool has_key(const World& world, const CaseNumber& number) {
    const auto whole = fold(number, *world.disk.read(stream_of(number), 0));
    return world.disk.key_of(whole->person.text())->has_value();
}

}  // namespace balcao::cases::stage

#pragma once
// Two servers on one journal in memory, each with a line to it that fails and a clock of its own; and what
// must hold of such a journal, by its bytes alone. For the property of `assist`.
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "assist/town_test.hpp"

namespace balcao::assist::town {

// What goes wrong, once in so many times; 0: never.
struct Faults {
    unsigned write_refused = 0;
    unsigned write_silent = 0;  // written, and nobody is told
    unsigned reading_fails = 0;
    // Between a decision and its writing somebody else is served.
    unsigned interleaved = 0;
};

struct World {
    explicit World(unsigned seed) : dice{seed} {}

    [[nodiscard]] bool strikes(unsigned once_in) { return once_in > 0 && dice() % once_in == 0; }

    std::minstd_rand dice;
    Faults faults{};
    journal::MemoryStore disk{};
    std::function<void(int)> meanwhile{};  // of the server whose commit waits
};

class Line final : public journal::Store {
public:
    Line(World& world, int server) : world_{world}, server_{server} {}

    void submit(journal::Commit commit, journal::Done done) override {
        if (world_.strikes(world_.faults.interleaved) && world_.meanwhile) world_.meanwhile(server_);
        if (world_.strikes(world_.faults.write_refused)) return done(journal::Outcome::unavailable);
        journal::Outcome outcome{};
        world_.disk.submit(std::move(commit), [&outcome](journal::Outcome found) { outcome = found; });
        if (world_.strikes(world_.faults.write_silent)) outcome = journal::Outcome::unavailable;
        done(outcome);
    }

    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.read(stream, after);
    }

    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.follow(after, limit);
    }

    Result<std::optional<std::string>> key_of(std::string_view person) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.key_of(person);
    }

    Result<std::optional<std::string>> answer_to(std::string_view command) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.answer_to(command);
    }

private:
    static Error failure() { return Error{Errc::unavailable, "the line is down"}; }

    World& world_;
    int server_;
};

struct Server {
    Server(World& world, int number) : line{world, number} {}

    SetClock clock{morning};
    Line line;
    Settings settings = agreed();
    crypto::SecretKey key = installation();
    Sessions sessions{line, clock, key, settings};
};

// One sentence for each thing in a journal that must never be there, from the bodies of its events as JSON
// and from nothing of `assist`.
std::vector<std::string> faults_of(const journal::MemoryStore& disk);

// The hash of what was seen, made anew by the form that sheet.hpp gives to outsiders.
std::string outsiders_hash(const SheetSeen& seen);

}  // namespace balcao::assist::town

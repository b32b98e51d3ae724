#pragma once
// Five entities in one process, each under its own path, for demonstrations, tests and training: they speak
// the contract of docs/entities.md, each as well as its kind does, keep what they took in memory and show it.
// Every answer says that it is a stand-in's. Used by `balcao stand-in` and by tests; nothing real is behind
// it.
//
//   POST /KIND, POST /KIND/REFERENCE/undo, GET /KIND?key=, GET /KIND?since=     the contract
//   POST /mail/letters, GET /mail/letters                                       a mailbox
//   GET /ledger (JSON), GET / (a page)                                          what was done, how often
//   POST /control/KIND {"fails_for": 60, "how": "busy" | "error" | "silent"}    makes it fail for a while
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "stand_in/books.hpp"

namespace balcao::stand_in {

// How an entity fails while it was told to.
enum class Failing : std::uint8_t {
    busy,    // 503, with when to come again
    error,   // 500, and nothing done
    silent,  // no answer at all, and nothing done
};

// From its first request on.
struct FailsFirst {
    std::chrono::milliseconds length{};
    Failing how = Failing::busy;
};

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any that is free
    std::vector<Kind> kinds{all_kinds.begin(), all_kinds.end()};
    std::map<Kind, Habits> habits{};  // those not named here have their usual ones
    std::map<Kind, FailsFirst> fails_first{};
    std::uint64_t seed = 1;  // of what goes wrong
    std::string token{};     // that callers must name, and reports are signed with; empty: none
    // What is taken is concluded after so long, at once for 0; nothing: never.
    std::optional<std::chrono::milliseconds> concludes_after{};
    std::string callback{};  // http://host:port of the city, which is told of it; empty: nobody is
};

// What was done under one key, or once without one.
struct LedgerLine {
    Kind kind = Kind::keys;
    Effect effect;
    std::size_t times = 1;
};

// What a mailbox got.
struct Letter {
    std::string id;
    std::string to;
    std::string subject;
    std::string text;
};

class StandIn {
public:
    // Serves from here on. The clock must outlive it. Error: unavailable, invalid, of the address.
    static Result<std::unique_ptr<StandIn>> start(Settings settings, const Clock& clock);

    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;
    StandIn(StandIn&&) = delete;
    StandIn& operator=(StandIn&&) = delete;
    // Answers under way are let go of.
    ~StandIn();

    [[nodiscard]] std::uint16_t port() const;
    // "http://127.0.0.1:9100/keys"
    [[nodiscard]] std::string address(Kind kind) const;

    // From now on; what is concluded until then is told to nobody.
    void report_to(const std::string& city);
    void fail(Kind kind, std::chrono::milliseconds length, Failing how);

    // In the order in which each was first done.
    [[nodiscard]] std::vector<LedgerLine> ledger() const;
    // Requests that came, whatever became of them.
    [[nodiscard]] std::size_t requests(Kind kind) const;
    [[nodiscard]] std::vector<Letter> letters() const;

private:
    struct Core;
    explicit StandIn(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace balcao::stand_in

// Machines of the halls: enabled by their code, known by their secret, the same on every server.
#include "device/devices.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "device/code.hpp"
#include "journal/memory_store.hpp"

namespace balcao::device {
namespace {

using namespace std::chrono_literals;

const model::SiteKey north{"north"};
const model::SiteKey south{"south"};
const ManagerKey manager{"manager"};
const Duty door{Kind::kiosk, north, model::KioskKey{"entrance"}, "East door"};

template <class T>
T good(const Answer<T>& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(name_of(refusal->reason));
    return std::get<0>(answer);
}

template <class T>
std::string refused(const Answer<T>& answer) {
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal == nullptr ? "nothing" : std::string{name_of(refusal->reason)};
}

struct Town {
    journal::MemoryStore store;
    SetClock clock{Instant{std::chrono::milliseconds{1'795'341'600'000}}};  // 2026-11-22 10:00 UTC
    crypto::SecretKey key = *crypto::SecretKey::from(std::string(32, 'i'));
    std::unique_ptr<Devices> devices = open();

    [[nodiscard]] std::unique_ptr<Devices> open() {
        auto opened = Devices::open(store, clock, key);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    // A machine that is in use, by its secret.
    std::string machine(const Duty& duty = door) {
        const std::string secret = Devices::new_secret();
        good(devices->enable(manager, devices->code_of(secret), duty, ""));
        good(devices->recognise(secret));
        return secret;
    }

    [[nodiscard]] std::string journal() const {
        std::string all;
        const auto followed = store.follow({}, 1'000'000);
        for (const auto& event : followed->events)
            all += event.stream + " " + event.type + " " + event.body + "\n";
        return all;
    }

    [[nodiscard]] std::size_t events() const { return store.follow({}, 1'000'000)->events.size(); }
};

TEST_CASE("S049 a machine is nothing until a manager has typed the code that it shows") {
    Town town;
    const std::string secret = Devices::new_secret();
    CHECK(refused(town.devices->recognise(secret)) == "not-enabled");
    CHECK(town.events() == 0);  // whoever only opens the page leaves nothing behind
    const std::string code = town.devices->code_of(secret);
    good(town.devices->enable(manager, code, door, "once"));
    CHECK(town.devices->is_awaited(secret));
    const Device device = good(town.devices->recognise(secret));
    CHECK_FALSE(town.devices->is_awaited(secret));
    CHECK(device.duty == door);
    CHECK(device.is_enabled);
    CHECK(device.is_taken);
    CHECK(good(town.devices->find(secret)).key == device.key);
}

TEST_CASE("a code may be typed in small letters, with spaces, and with O for 0") {
    Town town;
    const std::string secret = Devices::new_secret();
    std::string typed;
    for (const char letter : town.devices->code_of(secret)) {
        if (letter == '-')
            typed += ' ';
        else if (letter == '0')
            typed += 'o';
        else if (letter == '1')
            typed += 'l';
        else
            typed += letter >= 'A' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    good(town.devices->enable(manager, typed, door, ""));
    CHECK(good(town.devices->recognise(secret)).duty.name == "East door");
}

TEST_CASE("one wrong letter in a code is a slip that is told") {
    Town town;
    const std::string code = town.devices->code_of(Devices::new_secret());
    for (std::size_t place = 0; place < code.size(); ++place) {
        if (code[place] == '-') continue;
        std::string wrong = code;
        wrong[place] = code[place] == 'X' ? 'Y' : 'X';
        CHECK(refused(town.devices->enable(manager, wrong, door, "")) == "code-unfit");
    }
    CHECK(refused(town.devices->enable(manager, "", door, "")) == "code-unfit");
    CHECK(refused(town.devices->enable(manager, code + "0", door, "")) == "code-unfit");
    CHECK(refused(town.devices->enable(manager, "ÁÁÁÁ-ÁÁÁÁ", door, "")) == "code-unfit");
    CHECK(town.events() == 0);
}

TEST_CASE("the journal knows a machine's secret only by its hash, and its code only by a key") {
    Town town;
    const std::string secret = town.machine();
    CHECK(town.journal().find("device-taken") != std::string::npos);
    CHECK(town.journal().find(secret) == std::string::npos);
    // Another installation's key makes another code of the same secret.
    CHECK(code_of(*crypto::SecretKey::from(std::string(32, 'a')), secret) !=
          code_of(*crypto::SecretKey::from(std::string(32, 'b')), secret));
}

TEST_CASE("a code lets one machine in, within a quarter of an hour") {
    Town town;
    const std::string secret = Devices::new_secret();
    good(town.devices->enable(manager, town.devices->code_of(secret), door, ""));
    town.clock.pass(15min + 1ms);
    CHECK(refused(town.devices->recognise(secret)) == "not-enabled");
    // Typed again, it holds again; while it holds it is not typed for another duty.
    good(town.devices->enable(manager, town.devices->code_of(secret), door, ""));
    CHECK(refused(town.devices->enable(manager, town.devices->code_of(secret), door, "")) == "code-in-use");
    CHECK(good(town.devices->recognise(secret)).is_taken);
    CHECK(refused(town.devices->enable(manager, town.devices->code_of(secret), door, "")) == "code-in-use");
    CHECK(town.devices->at(north).size() == 1);
}

TEST_CASE("a machine that is disabled is out at once, and in again with its old code and a new duty") {
    Town town;
    const std::string secret = town.machine();
    const auto key = town.devices->at(north).front().key;
    CHECK(refused(town.devices->disable(manager, south, key, "")) == "no-such-device");
    good(town.devices->disable(manager, north, key, "off"));
    CHECK(refused(town.devices->recognise(secret)) == "disabled");
    CHECK(refused(town.devices->find(secret)) == "disabled");
    const std::size_t events = town.events();
    good(town.devices->disable(manager, north, key, "off again"));
    CHECK(town.events() == events);
    const Duty board{Kind::display, south, {}, "Waiting room"};
    good(town.devices->enable(manager, town.devices->code_of(secret), board, ""));
    CHECK(good(town.devices->recognise(secret)).duty == board);
    CHECK(town.devices->at(north).empty());
    CHECK(town.devices->at(south).size() == 1);
}

TEST_CASE("a machine needs a name that people can read") {
    Town town;
    const std::string code = town.devices->code_of(Devices::new_secret());
    const auto named = [&](const std::string& name) {
        return refused(town.devices->enable(manager, code, {Kind::kiosk, north, {}, name}, ""));
    };
    CHECK(named("  ") == "name-missing");
    CHECK(named(std::string(61, 'a')) == "name-unfit");
    CHECK(named("a\x01") == "name-unfit");
    CHECK(named("\xff") == "name-unfit");
    CHECK(named("  Porta norte ") == "nothing");
    CHECK(town.devices->at(north).front().duty.name == "Porta norte");
}

TEST_CASE("the same command twice enables one machine and gives one answer") {
    Town town;
    const std::string code = town.devices->code_of(Devices::new_secret());
    const auto first = good(town.devices->enable(manager, code, door, "form"));
    CHECK(good(town.devices->enable(manager, code, door, "form")) == first);
    CHECK(town.devices->at(north).size() == 1);
}

TEST_CASE("what one server enables or disables holds on the other, and after a restart") {
    Town town;
    const auto other = town.open();
    const std::string secret = Devices::new_secret();
    good(town.devices->enable(manager, town.devices->code_of(secret), door, ""));
    CHECK(refused(other->recognise(secret)) == "not-enabled");
    REQUIRE(other->catch_up().has_value());
    const auto device = good(other->recognise(secret));
    REQUIRE(town.devices->catch_up().has_value());
    CHECK(good(town.devices->recognise(secret)).key == device.key);
    good(other->disable(manager, north, device.key, ""));
    REQUIRE(town.devices->catch_up().has_value());
    CHECK(refused(town.devices->recognise(secret)) == "disabled");
    CHECK(refused(town.open()->recognise(secret)) == "disabled");
}

TEST_CASE("of two managers on two servers who type the same code one enables the machine") {
    Town town;
    const auto other = town.open();
    const std::string code = town.devices->code_of(Devices::new_secret());
    std::atomic<int> enabled{0};
    {
        const auto type = [&](Devices& devices) {
            if (std::holds_alternative<DeviceKey>(devices.enable(manager, code, door, ""))) ++enabled;
        };
        const std::jthread one{[&] { type(*town.devices); }};
        const std::jthread two{[&] { type(*other); }};
    }
    CHECK(enabled == 1);
    CHECK(town.open()->at(north).size() == 1);
}

TEST_CASE("when a machine was seen is known to all servers, for few events") {
    Town town;
    const std::string secret = town.machine();
    const auto other = town.open();
    const std::size_t before = town.events();
    for (int minute = 0; minute < 60; ++minute) {
        good(town.devices->recognise(secret));
        REQUIRE(town.devices->catch_up().has_value());
        town.clock.pass(1min);
    }
    CHECK(town.events() - before <= 12);
    CHECK(town.events() - before >= 10);
    REQUIRE(other->catch_up().has_value());
    const auto seen = other->at(north).front().seen;
    REQUIRE(seen.has_value());
    CHECK(town.clock.now() - *seen <= 6min);
    CHECK(town.clock.now() - *town.devices->at(north).front().seen <= 1min);
    // A start days later reads the first sight of each day, not every one.
    town.clock.pass(72h);
    CHECK(town.open()->at(north).front().seen.has_value());
    good(town.devices->recognise(secret));
    REQUIRE(town.devices->catch_up().has_value());
    CHECK(*town.open()->at(north).front().seen == town.clock.now());
}

}  // namespace
}  // namespace balcao::device

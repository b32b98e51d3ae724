#pragma once
// A town with a clock that is set and a journal in memory, for the tests of `staff`.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "staff/staff.hpp"
#include "staff/totp.hpp"

namespace balcao::staff::town {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline const std::string good_password = "três gatos no telhado";
inline const std::string other_password = "cinco patos no tanque";
inline const model::SiteKey north{"north"};
inline const model::SiteKey south{"south"};

inline Settings fast() {
    Settings settings;
    settings.cost = crypto::PasswordCost::lowest;
    settings.hashing_most = 8;
    settings.second_factor = SecondFactor::as_one_likes;
    settings.words = {"Lisboa"};
    return settings;
}

inline std::unique_ptr<Staff> open(journal::Store& store,
                                   const Clock& clock,
                                   const Settings& settings = fast()) {
    auto staff = Staff::open(store, clock, *crypto::SecretKey::from(std::string(32, 'i')), settings);
    REQUIRE(staff.has_value());
    return *std::move(staff);
}

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

// The bytes of a text in base 32, as an authenticator reads it.
inline std::string from_base32(std::string_view text) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char letter : text) {
        held = (held << 5) | static_cast<unsigned>(digits.find(letter));
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<char>((held >> bits) & 0xFFU));
        held &= (1U << bits) - 1U;
    }
    return bytes;
}

struct Town {
    journal::MemoryStore store;
    SetClock clock{Instant{std::chrono::milliseconds{1'795'341'600'000}}};  // 2026-11-22 10:00 UTC
    std::unique_ptr<Staff> staff = open(store, clock);

    [[nodiscard]] AccountKey founder() const {
        return good(staff->found({"root", "Rita Raiz"}, good_password, "found"));
    }

    // An account with a password, as somebody who was invited has it.
    [[nodiscard]] AccountKey person(const std::string& sign_in_name, const std::vector<Grant>& grants) const {
        auto account =
            good(staff->add(Actor::installation(), {sign_in_name, "Ana Só"}, grants, "add " + sign_in_name));
        const auto token =
            good(staff->invite(Actor::installation(), account, "invite " + sign_in_name)).token;
        CHECK(good(staff->accept(token, good_password, "accept " + sign_in_name)) == account);
        return account;
    }

    // The secret of the authenticator that the account has from here on; its first code is half a minute old.
    std::string enrol(const AccountKey& account) {
        const auto offered = good(staff->propose_totp(account));
        std::string secret = from_base32(offered.secret);
        good(staff->enrol_totp(account, offered.ticket, code(secret), ""));
        clock.pass(seconds{30});
        return secret;
    }

    [[nodiscard]] std::string code(const std::string& secret) const {
        return totp_code(secret, step_of(clock.now()));
    }

    [[nodiscard]] Answer<SignedInNow> sign_in(const std::string& name,
                                              const std::string& password,
                                              const std::string& code = {}) const {
        return staff->sign_in({name, password, code, ""});
    }

    // Everything that was ever written, one event a line.
    [[nodiscard]] std::string journal() const {
        std::string all;
        const auto followed = store.follow({}, 1'000'000);
        for (const auto& event : followed->events)
            all += entry_of(event) + "\n";
        return all;
    }
};

// What they do at the same time; how many of them were not refused.
template <class Do>
int race(int threads, const Do& one) {
    std::atomic<int> done{0};
    std::atomic<bool> may_go{false};
    std::vector<std::thread> running;
    running.reserve(static_cast<std::size_t>(threads));
    for (int number = 0; number < threads; ++number)
        running.emplace_back([&, number] {
            while (!may_go)
                std::this_thread::yield();
            if (one(number)) ++done;
        });
    may_go = true;
    for (auto& thread : running)
        thread.join();
    return done;
}

}  // namespace balcao::staff::town

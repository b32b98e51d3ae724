#pragma once
// What an installation decides about its people's sign-in; what stands here is what is used unless it says
// otherwise. Handed to Staff::open.
#include <chrono>
#include <string>
#include <vector>

#include "crypto/keys.hpp"
#include "staff/lock.hpp"

namespace balcao::staff {

// Whether a strong right (is_strong) waits for a second factor. `as_one_likes` is for demonstrations.
enum class SecondFactor : std::uint8_t { for_strong_rights, as_one_likes };

struct Settings {
    // `interactive` is Argon2id with 64 MiB, two passes and one lane: more than OWASP's least (19 MiB, two
    // passes, one lane; Password Storage Cheat Sheet). `lowest` is for tests only.
    crypto::PasswordCost cost = crypto::PasswordCost::interactive;
    // Passwords that are hashed at the same time, 64 MiB each; 1 to 64. Others wait.
    int hashing_most = 2;

    std::chrono::milliseconds idle_end = std::chrono::minutes{30};
    std::chrono::milliseconds absolute_end = std::chrono::hours{12};  // at most a day
    // How old the recorded use of a session may grow before it is recorded again.
    std::chrono::milliseconds seen_every = std::chrono::minutes{5};
    std::chrono::milliseconds invitation_length = std::chrono::hours{72};
    std::chrono::milliseconds enrolment_length = std::chrono::minutes{15};

    LockRule account_lock{};
    // A town hall may share one address, so it takes more failures to shut it out.
    LockRule peer_lock{.failures = 20, .forgotten_after = std::chrono::hours{2}};
    SecondFactor second_factor = SecondFactor::for_strong_rights;

    // Providers whose word for a second factor is taken. An account that has no other way in than by them may
    // hold a strong right without a second factor here.
    std::vector<std::string> vouching_issuers;

    std::string issuer = "Balcão";   // what an authenticator shows beside the code
    std::vector<std::string> words;  // names of the city and its sites, which no password is made of
};

}  // namespace balcao::staff

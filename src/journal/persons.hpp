#pragma once
// What is known of a person, sealed so that it can be forgotten: each person has a key of its own, kept
// wrapped with the installation's key; an event holds only texts sealed by it. Destroying the key is erasing
// the person, and the hashes of the journal stay whole. Used by whoever records or shows personal data; it
// says nothing about who may see it.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/store.hpp"

namespace balcao::journal {

class Persons {
public:
    // `installation` never leaves the machine's own keeping. The store must outlive it.
    Persons(const Store& store, const crypto::SecretKey& installation);

    // A name for somebody who is new here; it says nothing about them.
    [[nodiscard]] static std::string new_person();

    // A text as an event may hold it (base 64 for addresses). When the person has no key yet, one is made and
    // put into `commit`, which must be the one that writes the event. `field` is what the text is ("name",
    // "mail"): a sealed text cannot be shown as another field or another person's. Error: unavailable.
    Result<std::string> seal(std::string_view person,
                             std::string_view field,
                             std::string_view text,
                             Commit& commit);

    // The text again, or nothing when the person was erased. Error: unavailable, or invalid when the text was
    // not sealed for that person and field.
    Result<std::optional<std::string>> open(std::string_view person,
                                            std::string_view field,
                                            std::string_view sealed) const;

    // Puts the end of the person's key into a commit.
    static void erase(std::string_view person, Commit& commit);

private:
    [[nodiscard]] Result<std::optional<crypto::SecretKey>> key_of(std::string_view person) const;

    const Store& store_;
    crypto::SecretKey wrapping_;
};

}  // namespace balcao::journal

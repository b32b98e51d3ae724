#include "journal/persons.hpp"

#include <algorithm>

namespace balcao::journal {

namespace {

std::string context_of(std::string_view person, std::string_view field) {
    return std::string{person} + "/" + std::string{field};
}

}  // namespace

Persons::Persons(const Store& store, const crypto::SecretKey& installation)
    : store_{store}, wrapping_{installation.derive("keys of persons")} {}

std::string Persons::new_person() { return crypto::random_name(); }

Result<std::optional<crypto::SecretKey>> Persons::key_of(std::string_view person) const {
    BALCAO_TRY(const auto wrapped, store_.key_of(person));
    if (!wrapped) return std::optional<crypto::SecretKey>{};
    const auto bytes = crypto::open(wrapping_, *wrapped, person);
    const auto key = bytes ? crypto::SecretKey::from(*bytes) : std::nullopt;
    if (!key)
        return Error{Errc::invalid, "The keys of persons were wrapped with the key of another installation."};
    return std::optional{*key};
}

Result<std::string> Persons::seal(std::string_view person,
                                  std::string_view field,
                                  std::string_view text,
                                  Commit& commit) {
    BALCAO_TRY(auto key, key_of(person));
    if (!key) {
        const auto made = std::find_if(commit.keys.begin(), commit.keys.end(),
                                       [&](const PersonKey& other) { return other.person == person; });
        if (made != commit.keys.end()) {
            key = crypto::SecretKey::from(*crypto::open(wrapping_, made->wrapped, person));
        } else {
            key = crypto::SecretKey::random();
            commit.keys.push_back({std::string{person}, crypto::seal(wrapping_, key->bytes(), person)});
        }
    }
    return crypto::to_base64url(crypto::seal(*key, text, context_of(person, field)));
}

Result<std::optional<std::string>> Persons::open(std::string_view person,
                                                 std::string_view field,
                                                 std::string_view sealed) const {
    BALCAO_TRY(const auto key, key_of(person));
    if (!key) return std::optional<std::string>{};
    const auto bytes = crypto::from_base64url(sealed);
    auto text = bytes ? crypto::open(*key, *bytes, context_of(person, field)) : std::nullopt;
    if (!text) return Error{Errc::invalid, "The text was not sealed for this person and field."};
    return text;
}

void Persons::erase(std::string_view person, Commit& commit) {
    commit.keys.push_back({std::string{person}, ""});
}

}  // namespace balcao::journal

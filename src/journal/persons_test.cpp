#include "journal/persons.hpp"

#include <doctest/doctest.h>

#include "journal/memory_store.hpp"
#include "journal/store_contract.hpp"

using namespace balcao;
using namespace balcao::journal;
using contract::write;

namespace {

const auto installation = *crypto::SecretKey::from(std::string(32, 'i'));

}  // namespace

TEST_CASE("what is sealed for a person opens for that person and field, and for nothing else") {
    MemoryStore store;
    Persons persons{store, installation};
    Commit commit;
    const auto name = *persons.seal("ana", "name", "Ana Só", commit);
    const auto mail = *persons.seal("ana", "mail", "ana@example.org", commit);
    CHECK(commit.keys.size() == 1);
    CHECK(write(store, commit) == Outcome::written);
    CHECK(name.find("Ana S") == std::string::npos);
    CHECK(**persons.open("ana", "name", name) == "Ana Só");
    CHECK(**persons.open("ana", "mail", mail) == "ana@example.org");
    CHECK_FALSE(persons.open("ana", "mail", name));
    Commit other;
    CHECK(persons.seal("rui", "name", "Rui", other));
    CHECK(write(store, other) == Outcome::written);
    CHECK_FALSE(persons.open("rui", "name", name));
    Commit later;
    CHECK(persons.seal("ana", "phone", "210000000", later));
    CHECK(later.keys.empty());
}

TEST_CASE("an erased person's texts are gone, and a second erasure changes nothing") {
    MemoryStore store;
    Persons persons{store, installation};
    Commit commit;
    const auto name = *persons.seal("ana", "name", "Ana Só", commit);
    CHECK(write(store, commit) == Outcome::written);
    for (int round = 0; round < 2; ++round) {
        Commit erasure;
        Persons::erase("ana", erasure);
        CHECK(write(store, erasure) == Outcome::written);
        CHECK(*persons.open("ana", "name", name) == std::nullopt);
    }
}

TEST_CASE("the keys of persons are of no use without the installation's key") {
    MemoryStore store;
    Commit commit;
    const auto name = *Persons{store, installation}.seal("ana", "name", "Ana Só", commit);
    CHECK(write(store, commit) == Outcome::written);
    const Persons elsewhere{store, *crypto::SecretKey::from(std::string(32, 'j'))};
    CHECK_FALSE(elsewhere.open("ana", "name", name));
}

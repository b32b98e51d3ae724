#pragma once
// Asking for a service through the city: what a person hands over for it, what can be taken back of it, and
// how an entity is reached. Parts of a `Model`; what is made of them is decided in `cases`.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "model/keys.hpp"

namespace balcao::model {

enum class DetailKind : unsigned char {
    text,
    long_text,  // several lines
    date,
    digits,  // of a number that names something: blanks and dots in it mean nothing
    mail,
    phone,
};

// "text", "long_text" …: as a model says them.
std::string name_of(DetailKind kind);

// What a person says of themselves once, whoever needs it.
struct Detail {
    DetailKey key;
    LocalText name;
    LocalText help;  // where it stands, what is meant
    DetailKind kind = DetailKind::text;
    int length = 0;        // digits: so many; 0: any number of them
    std::string autofill;  // what it is to browsers (WHATWG HTML, autofill): "name", "bday"; empty: nothing
    friend bool operator==(const Detail&, const Detail&) = default;
};

// Whether what a request did at its entity can be taken back.
enum class EffectClass : unsigned char {
    reversible,          // as if it had never been
    compensable,         // by something else that makes up for it
    point_of_no_return,  // not at all: goes last
};

std::string name_of(EffectClass effect);

// How a service is asked for without going there.
struct Request {
    std::vector<DetailKey> asks{};  // what its entity is told of the person
    std::vector<FactKey> tells{};   // and of the answers, where they were given
    EffectClass effect = EffectClass::compensable;
    friend bool operator==(const Request&, const Request&) = default;
};

enum class WayKind : unsigned char {
    inbox,   // its people work on requests in the pages of the city
    http,    // a request is one HTTP request with a body of JSON
    events,  // the same as an event of CloudEvents 1.0
    mail,    // a letter with a link for the answer
};

std::string name_of(WayKind kind);

// What may be done when nobody knows whether a request arrived.
enum class OnDoubt : unsigned char {
    ask_person,  // nothing: somebody finds out
    send_again,  // its key is known there, so the same again does nothing more
    look_up,     // it can be asked whether it has it
};

std::string name_of(OnDoubt doubt);

// The name under which an entity gets something that a person said.
struct FieldName {
    std::string said;   // the key of a detail or of a fact
    std::string field;  // "applicant.name": members of objects within each other
    friend bool operator==(const FieldName&, const FieldName&) = default;
};

// How an entity is reached. Times are bounds that it agreed to.
struct WayIn {
    WayKind by = WayKind::inbox;
    // Where requests go: https://…, or a mail address; empty for an inbox. "stand-in:keys" is one of those
    // that a demonstration brings with it (docs/entities.md); elsewhere nobody is there.
    std::string address;
    OnDoubt on_doubt = OnDoubt::ask_person;
    bool takes_back = false;                       // it undoes what it did, when it is told to
    bool four_eyes = false;                        // what is done by hand for it is seen by two
    Duration due = std::chrono::hours{48};         // within this a person has done what is done by hand
    int at_once = 4;                               // requests under way at most, of one server
    int per_minute = 600;                          // and begun in a minute
    Duration gives_up = std::chrono::seconds{30};  // who asks it waits no longer
    Duration settles = std::chrono::minutes{2};    // and a request may still arrive for so long after that
    std::vector<FieldName> fields{};               // those not named here keep their own names
    friend bool operator==(const WayIn&, const WayIn&) = default;

    [[nodiscard]] bool is_stand_in() const { return address.starts_with(stand_in_scheme); }

    // "keys" of "stand-in:keys".
    [[nodiscard]] std::string_view stand_in() const {
        return std::string_view{address}.substr(stand_in_scheme.size());
    }

    static constexpr std::string_view stand_in_scheme = "stand-in:";
};

}  // namespace balcao::model

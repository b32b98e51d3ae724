#pragma once
// What a person hands in: one sitting, any number of services of any entities. Checked as a whole before
// anything is written. Used by `Cases::accept`; pages and the API fill it in, a plan of a life event gives
// its steps (cases/from_plan.hpp).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cases/connector.hpp"
#include "cases/refusal.hpp"
#include "cases/settings.hpp"

namespace balcao::cases {

inline constexpr std::size_t steps_most = 32;
inline constexpr std::size_t data_most = 64;               // of a step
inline constexpr std::size_t data_bytes_most = 64 * 1024;  // of a step, names and texts
inline constexpr std::size_t name_bytes_most = 64;         // of keys, of data, of an edition
inline constexpr std::size_t key_bytes_most = 256;         // of a command
inline constexpr std::size_t contact_bytes_most = 1024;

struct StepWanted {
    StepKey step;
    model::EntityKey entity;
    model::ServiceKey service;
    std::vector<StepKey> after{};
    EffectClass effect_class = EffectClass::compensable;
    Haste haste = Haste::batch;
    Instant term{};  // legal term; 1970: none
    std::optional<Money> fee{};
    std::vector<std::string> consents{};  // names of data that the citizen agreed to hand to that entity
    std::vector<Datum> data{};            // what that entity gets, and nothing else
};

// Whom the city writes to about the case.
struct Contact {
    std::string name;
    std::string mail;
    std::string phone;
    std::string language;
};

struct Submission {
    Contact contact;
    model::LifeEventKey life_event{};  // empty: a single service
    std::string edition;               // of the model, by which the case goes to its end
    std::vector<StepWanted> steps;
    ClerkKey by{};  // empty: the citizen alone
};

// What is wrong with it, of its first fault; nothing when it can be accepted.
std::optional<Refusal> fault_of(const Submission& submission, const Settings& settings);

// The same of what one entity is to get.
std::optional<Refusal> fault_of_data(const StepWanted& step);

// All of it as one text: the same for the same submission alone. It holds personal data.
std::string body_of(const Submission& submission);

// What is sealed.
std::string write_data(const std::vector<Datum>& data);
// Nothing for what write_data never writes.
std::optional<std::vector<Datum>> read_data(std::string_view text);
std::string write_contact(const Contact& contact);
std::optional<Contact> read_contact(std::string_view text);

// Something of a length that is kept, and text; of a command it may be longer.
bool is_fit_name(std::string_view name);
bool is_fit_key(std::string_view key);

}  // namespace balcao::cases

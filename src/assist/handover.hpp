#pragma once
// What a session hands over: the values that the citizen, or who stood in, confirmed as they were shown last,
// and nothing else. Made by `Sessions` alone; whoever joins the rooms turns a `Handover` into a submission.
// What comes of practice is of another type, that no such room takes: it holds no value.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assist/sheet.hpp"

namespace balcao::assist {

// Who stood in the citizen's place, and by what right.
struct Proxy {
    ProxyKind kind = ProxyKind::legal_guardian;
    std::string name;
    std::string document{};  // that was seen: what it is, and its number; empty: none
    MediatorKey witness{};   // empty: none
    friend bool operator==(const Proxy&, const Proxy&) = default;
};

struct HandedStep {
    StepKey step;
    std::string language;
    std::vector<Field> fields;     // as they were confirmed, secrets in clear
    std::vector<Consent> given{};  // of those that were asked for with this step
    std::string hash;              // of what was confirmed
    Instant confirmed{};
    std::uint64_t version = 0;   // of the event of the session's stream that says so
    std::optional<Proxy> proxy;  // nothing: the citizen confirmed it
    Doer doer = Doer::mediator;
};

// What is handed over, with all that another room may want to know of how it came about.
struct Given {
    SessionKey session;
    Subject subject;
    std::string edition;
    model::SiteKey site;
    MediatorKey mediator;  // empty: the citizen, at home
    Instant at{};
    std::vector<HandedStep> steps;
};

class Handover {
public:
    [[nodiscard]] const Given& given() const { return given_; }

    // Under which whoever makes something of it does so once, however often it is handed to him.
    [[nodiscard]] std::string key() const { return "assist-" + given_.session.text(); }

private:
    friend class Sessions;

    explicit Handover(Given given) : given_{std::move(given)} {}

    Given given_;
};

struct PractisedStep {
    StepKey step;
    Doer doer = Doer::mediator;
    friend bool operator==(const PractisedStep&, const PractisedStep&) = default;
};

// What would have been handed over, had it been real.
struct PracticeHandover {
    SessionKey session;
    Subject subject;
    std::vector<PractisedStep> steps;
};

}  // namespace balcao::assist

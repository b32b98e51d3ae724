#include "assist/inspect.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "assist/code.hpp"
#include "assist/learning.hpp"
#include "assist/session.hpp"

namespace balcao::assist {
namespace {

constexpr std::string_view doors_prefix = "assist-door/";
constexpr std::string_view learners_prefix = "learnt/";

std::string at(const journal::Event& event, const std::string& what) {
    return "event " + std::to_string(event.version) + ": " + what;
}

std::vector<std::string> faults_of_session(const SessionKey& key, const std::vector<journal::Event>& stream) {
    Session session;
    session.key = key;
    for (const auto& event : stream)
        if (const auto applied = apply(session, event); !applied) return {at(event, applied.error().what)};
    return {};
}

// What was learnt is kept under a person's key; once it is erased only a new beginning may follow.
std::vector<std::string> faults_of_learner(const std::vector<journal::Event>& stream) {
    std::vector<std::string> found;
    bool is_begun = false;
    for (const auto& event : stream) {
        const auto decoded = decode_learning(event);
        if (!decoded) {
            found.push_back(at(event, decoded.error().what));
            continue;
        }
        const bool begins = std::holds_alternative<LearningBegun>(*decoded);
        if (begins == is_begun)
            found.push_back(at(event, begins ? "begins twice" : "learns before it begins"));
        is_begun = !std::holds_alternative<LearningErased>(*decoded);
    }
    return found;
}

}  // namespace

bool is_inspected(std::string_view stream) {
    return session_of_stream(stream).has_value() || stream.starts_with(doors_prefix) ||
           stream.starts_with(learners_prefix);
}

std::vector<std::string> Inspection::take(const std::vector<journal::Event>& stream) {
    if (stream.empty()) return {};
    const std::string& name = stream.front().stream;
    if (name.starts_with(learners_prefix)) return faults_of_learner(stream);
    if (name.starts_with(doors_prefix)) return take_door(stream);
    const auto session = session_of_stream(name);
    if (!session) return {"its name is that of no session"};
    sessions_.insert(*session);
    return faults_of_session(*session, stream);
}

// Each code lets in once, and only the one that was given last.
std::vector<std::string> Inspection::take_door(const std::vector<journal::Event>& stream) {
    std::vector<std::string> found;
    std::uint32_t given = 0;
    bool is_used = true;
    for (const auto& event : stream) {
        const auto decoded = decode_door(event);
        if (!decoded) {
            found.push_back(at(event, decoded.error().what));
            continue;
        }
        if (const auto* gives = std::get_if<DoorGiven>(&*decoded)) {
            given = gives->number;
            is_used = false;
            doors_.emplace_back(event.stream, gives->session);
        } else if (const auto* uses = std::get_if<DoorUsed>(&*decoded)) {
            if (is_used) found.push_back(at(event, "a code lets in that was used, or never given"));
            if (uses->number != given) found.push_back(at(event, "another code lets in than was given last"));
            is_used = true;
        }
    }
    return found;
}

std::vector<std::string> Inspection::finish() const {
    std::vector<std::string> found;
    for (const auto& [stream, session] : doors_)
        if (sessions_.count(session) == 0)
            found.push_back(stream + ": leads to session " + session.text() + ", which is not there");
    return found;
}

}  // namespace balcao::assist

// What must hold, however a rehearsal went: read from the journal as an outsider would.
#include <map>
#include <set>

#include "assist/inspect.hpp"
#include "assist/rehearsal_test.hpp"
#include "text/json.hpp"

namespace balcao::assist::town {
namespace {

// Whoever walks along one session's stream with a pencil.
class Auditor {
public:
    Auditor(std::string stream, std::vector<std::string>& wrong)
        : stream_{std::move(stream)}, wrong_{wrong} {}

    void walk(const journal::Event& event) {
        const auto body = text::Json::parse(event.body, event.stream);
        if (!body) return fault("is no JSON");
        const auto view = body->root();
        const auto& type = event.type;
        const bool may_follow = type == "handover-taken" || type == "values-forgotten" ||
                                type == "lesson-kept" || type == "glass-broken";
        if (is_over_ && !may_follow) fault(type + " after the end");
        if (type == "session-opened") is_practice_ = text_of(view["purpose"]) == "practice";
        if (type == "screen-joined" || type == "home-entered") join(view, type);
        if (type == "screen-left" || type == "session-carried-home") screen_.clear();
        if (type == "session-kept" && view["screen-gone"].as_bool().value_or(false)) screen_.clear();
        if (type == "step-shown") show(view);
        if (type == "step-confirmed") confirm(view);
        if (type == "step-left-out") leave_out(text_of(view["step"]));
        if (type == "proxy-named") has_proxy_ = true;
        if (type == "proxy-ended") has_proxy_ = false;
        if (type == "session-disputed") is_disputed_ = true;
        if (type == "dispute-lifted") is_disputed_ = false;
        if (type == "session-handed-over") hand_over();
        if (type == "practice-ended" && !is_practice_) fault("real, and ended as practice");
        if (type == "session-handed-over" || type == "practice-ended" || type == "session-abandoned" ||
            type == "session-expired")
            is_over_ = true;
    }

private:
    struct Shown {
        std::string hash;
        bool is_confirmed = false;
    };

    static std::string text_of(text::JsonView view) { return std::string{view.as_text().value_or("")}; }

    void fault(const std::string& what) { wrong_.push_back(stream_ + ": " + what); }

    void join(text::JsonView view, const std::string& type) {
        if (is_disputed_) fault(type + " while it was stopped");
        screen_ = text_of(view["screen"]);
    }

    void show(text::JsonView view) {
        if (is_disputed_) fault("shown while it was stopped");
        if (screen_.empty()) fault("shown to nobody");
        on_screen_ = text_of(view["step"]);
        steps_[on_screen_] = {text_of(view["hash"]), false};
    }

    // Only what stands on the screen, as it stands there, by a screen that is there.
    void confirm(text::JsonView view) {
        const auto step = text_of(view["step"]);
        if (is_disputed_) fault("confirmed while it was stopped");
        if (screen_.empty()) fault("confirmed on no screen");
        if (step != on_screen_ || steps_[step].hash != text_of(view["hash"]))
            fault("confirmed, and not what was shown last");
        if (text_of(view["by"]) == "proxy" && !has_proxy_) fault("confirmed by a proxy whom nobody named");
        steps_[step].is_confirmed = true;
    }

    void leave_out(const std::string& step) {
        steps_.erase(step);
        if (on_screen_ == step) on_screen_.clear();
    }

    void hand_over() {
        if (is_practice_) fault("practice was handed over");
        if (is_disputed_) fault("handed over while it was stopped");
        if (screen_.empty()) fault("handed over without a screen");
        if (steps_.empty()) fault("handed over, and nothing was confirmed");
        for (const auto& [step, shown] : steps_)
            if (!shown.is_confirmed) fault("handed over with " + step + " unconfirmed");
    }

    std::string stream_;
    std::vector<std::string>& wrong_;
    bool is_practice_ = false;
    bool is_disputed_ = false;
    bool is_over_ = false;
    bool has_proxy_ = false;
    std::string screen_;
    std::string on_screen_;
    std::map<std::string, Shown> steps_;
};

std::string outsiders_line(const char* word, const std::string& bytes) {
    return std::string{word} + " " + std::to_string(bytes.size()) + ":" + bytes + "\n";
}

}  // namespace

std::vector<std::string> faults_of(const journal::MemoryStore& disk) {
    std::vector<std::string> wrong;
    std::map<std::string, Auditor> auditors;
    std::map<std::string, int> used;  // by session: codes of it that somebody came in by
    std::map<std::string, int> came;  // and those who came in
    std::map<std::string, std::string> behind;
    const auto all = disk.follow({}, 1'000'000);
    for (const auto& event : all->events) {
        const auto body = text::Json::parse(event.body, event.stream);
        if (!body) return {event.stream + " is no JSON"};
        const auto view = body->root();
        if (event.type == "door-given") behind[event.stream] = view["session"].as_text().value_or("");
        if (event.type == "door-used") ++used[behind[event.stream]];
        if (!event.stream.starts_with("assist/")) continue;
        const std::string session = event.stream.substr(event.stream.find('/') + 1);
        const bool is_by_code = event.type == "session-moved" && view["by"].as_text() == "desk";
        if (event.type == "screen-joined" || is_by_code) ++came[session];
        auditors.try_emplace(event.stream, event.stream, wrong).first->second.walk(event);
    }
    // The reader of the journal, which shares nothing with these auditors, finds nothing either.
    std::map<std::string, std::vector<journal::Event>> streams;
    for (const auto& event : all->events)
        if (is_inspected(event.stream)) streams[event.stream].push_back(event);
    Inspection inspection;
    for (const auto& stream : streams)
        for (const auto& fault : inspection.take(stream.second))
            wrong.push_back(stream.first + ": " + fault);
    for (auto& fault : inspection.finish())
        wrong.push_back(std::move(fault));
    for (const auto& [session, count] : came)
        if (used[session] != count) wrong.push_back(session + ": a code was used twice, or by nobody");
    return wrong;
}

std::string outsiders_hash(const SheetSeen& seen) {
    std::string text = outsiders_line("seen", "1") + outsiders_line("session", seen.session.text()) +
                       outsiders_line("showing", std::to_string(seen.number)) +
                       outsiders_line("step", seen.step.text()) + outsiders_line("language", seen.language) +
                       outsiders_line("title", seen.title) + outsiders_line("salt", seen.salt) +
                       outsiders_line("fields", std::to_string(seen.fields.size()));
    for (const auto& field : seen.fields)
        text +=
            outsiders_line("field", field.field.text()) + outsiders_line("label", field.label) +
            (field.is_secret ? outsiders_line("secret", field.mark) : outsiders_line("value", field.value));
    text += outsiders_line("consents", std::to_string(seen.consents.size()));
    for (const auto& asked : seen.consents)
        text += outsiders_line("receiver", asked.receiver.text()) + outsiders_line("item", asked.item) +
                outsiders_line("words", asked.words);
    return crypto::to_hex(crypto::bytes_of(crypto::sha256({text})));
}

}  // namespace balcao::assist::town

#include "assist/learning.hpp"

#include <algorithm>

#include "journal/codec.hpp"

namespace balcao::assist {

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Learnt>

void members(Part& part, Value& learnt) {
    part.may_lack("service", learnt.subject.service);
    part.may_lack("life-event", learnt.subject.life_event);
    part("site", learnt.site);
    part("at", learnt.at);
    part("mode", learnt.mode);
    part.may_lack("alone", learnt.alone);
    part.may_lack("with-help", learnt.with_help);
    part.may_lack("by-mediator", learnt.by_mediator);
    part.may_lack("practice", learnt.is_practice);
}

template <class Part, class Event>
requires std::same_as<std::remove_const_t<Event>, LearningBegun>

void members(Part& part, Event& event) { part("person", event.person); }

template <class Part, class Event>
requires std::same_as<std::remove_const_t<Event>, LessonLearnt>

void members(Part& part, Event& event) { part("sealed", event.sealed); }

template <class Part, class Event>
requires std::same_as<std::remove_const_t<Event>, LearningErased>

void members(Part&, Event&) {}

namespace {

struct LearnerFolding {
    Learner& learner;

    void operator()(const LearningBegun& begun) { learner.person = begun.person; }

    void operator()(const LessonLearnt& learnt) { learner.sealed.push_back(learnt.sealed); }

    void operator()(const LearningErased&) {
        learner.person = {};
        learner.sealed.clear();
    }
};

}  // namespace

Lesson lesson_for(const Subject& subject, const std::vector<Learnt>& learnt) {
    const auto is_it = [&](const Learnt& one) { return one.subject == subject; };
    const auto is_alone = [&](const Learnt& one) {
        return is_it(one) && one.alone > 0 && one.with_help == 0 && one.by_mediator == 0;
    };
    if (std::none_of(learnt.begin(), learnt.end(), is_it)) return {Mode::show_me, Side::mediator};
    if (std::none_of(learnt.begin(), learnt.end(), is_alone)) return {Mode::let_me_try, Side::citizen};
    return {Mode::i_do_you_watch, Side::citizen};
}

journal::Draft encode(const LearningEvent& event) { return journal::encode_as_draft(event); }

Result<LearningEvent> decode_learning(const journal::Event& event) {
    return journal::decode_as<LearningEvent>(event);
}

std::string stream_of_learner(std::string_view mark) { return "learnt/" + std::string{mark}; }

Result<Learner> fold_learner(const std::vector<journal::Event>& events) {
    Learner learner;
    for (const auto& event : events) {
        BALCAO_TRY(const auto decoded, decode_learning(event));
        LearnerFolding folding{learner};
        std::visit(folding, decoded);
        learner.end = {event.version, event.salt};
        learner.last = event.at;
    }
    return learner;
}

std::string write_learnt(const Learnt& learnt) { return journal::write_members(learnt); }

Result<Learnt> read_learnt(std::string_view text) { return journal::read_members<Learnt>(text, "lesson"); }

}  // namespace balcao::assist

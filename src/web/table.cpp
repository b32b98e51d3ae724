#include "web/table.hpp"

#include <algorithm>

#include "front/assist_words.hpp"
#include "front/life_event.hpp"
#include "web/blank.hpp"
#include "web/forms.hpp"
#include "web/service_words.hpp"

namespace balcao::web {
namespace {

using assist::Progress;
using assist::StepKey;
using html::Content;
using html::with;

// A part of how the person can be reached.
Blank contact_blank(const front::Blank& asked) {
    Blank blank{.name = asked.field.text(), .label = asked.label, .complete = "name"};
    if (blank.name == front::mail_field) {
        blank.type = "email";
        blank.complete = "email";
    }
    if (blank.name == front::phone_field) {
        blank.type = "tel";
        blank.complete = "tel";
    }
    return blank;
}

std::string progress_text(const Table& table, const StepKey& step, const Words& words) {
    const auto* seen = table.find(step);
    if (seen != nullptr && seen->progress == Progress::confirmed) return words("Confirmed");
    if (seen != nullptr && seen->progress == Progress::shown) return words("Shown, not confirmed");
    return table.typed.contains(step) ? words("Being filled in") : words("To do");
}

std::string_view progress_word(const Table& table, const StepKey& step) {
    const auto* seen = table.find(step);
    if (seen != nullptr && seen->progress == Progress::confirmed) return "confirmed";
    return seen != nullptr && seen->progress == Progress::shown ? "shown" : "to-do";
}

}  // namespace

front::Sitting sitting_now(const Shared& shared) {
    return {shared.office.model(), shared.office.zone(), shared.now().date};
}

std::variant<Table, assist::Refusal> table_of(const Shared& shared, const Seat& seat) {
    return front::table_of(*shared.sessions, seat.call(), sitting_now(shared));
}

std::optional<Matter> matter_of(const Shared& shared,
                                const assist::Subject& subject,
                                const Words& words,
                                const Seat& seat) {
    const auto event = front::event_of(shared.office.model(), subject);
    if (!event) return std::nullopt;
    Matter matter{*event, std::nullopt, seat.url(words, "answer")};
    if (!subject.service.empty()) matter.service = subject.service;
    return matter;
}

StepKey TableView::current() const {
    const StepKey chosen{std::string{request_.query.text("step")}};
    const auto& steps = table_.whole.steps;
    if (drives(table_, seat_) && std::ranges::find(steps, chosen) != steps.end()) return chosen;
    const bool is_typed = table_.typed.contains(table_.typed_last) &&
                          std::ranges::find(steps, table_.typed_last) != steps.end();
    return is_typed ? table_.typed_last : table_.next();
}

void TableView::write_steps(Content& into) const {
    const auto& city = shared_.office.model();
    into.element<"ol">({with<"class">("steps")}, [&](Content& list) {
        for (const auto& step : table_.whole.steps)
            list.element<"li">(
                {with<"data-state">(progress_word(table_, step)),
                 when(step == current(), with<"aria-current">("step"))},
                [&](Content& item) {
                    const std::string title = front::step_title(step, city, words_);
                    if (drives(table_, seat_) && table_.view.outline.state == assist::State::under_way)
                        item.element<"a">({with<"href">(seat_.at(words_, {{"step", step.text()}}))}, title);
                    else
                        item.text(title);
                    item.text(" ").element<"span">({with<"class">("mark")},
                                                   progress_text(table_, step, words_));
                });
    });
}

void TableView::write_sheet(Content& into, const assist::StepSeen& step) const {
    const assist::SheetSeen& sheet = *step.sheet;
    into.element<"div">({with<"class">("shown"), with<"lang">(sheet.language), with<"data-aloud">("")},
                        [&](Content& box) {
                            box.element<"h2">(sheet.title);
                            box.element<"dl">([&](Content& list) {
                                for (const auto& field : sheet.fields) {
                                    list.element<"dt">(field.label);
                                    list.element<"dd">(field.value);
                                }
                            });
                            for (const auto& consent : sheet.consents)
                                box.element<"p">({with<"class">("asked")}, consent.words);
                        });
}

void TableView::write_answers_so_far(Content& into) const {
    const auto& said = table_.whole.said;
    if (said.asked.empty()) return;
    into.element<"dl">([&](Content& list) {
        for (const auto& key : said.asked) {
            const model::Fact& fact = *shared_.office.model().find(key);
            list.element<"dt">(fact.ask.in(words_.code(), key.text()));
            list.element<"dd">(front::answer_text(fact, said.answers.at(key), words_));
        }
    });
}

void TableView::write_mirror(Content& into, const StepKey& step) const {
    const auto& city = shared_.office.model();
    into.element<"div">({with<"class">("mirror")}, [&](Content& box) {
        box.element<"h2">(front::step_title(step, city, words_));
        box.element<"p">({with<"class">("quiet")},
                         words_("This is being filled in. Nothing of it counts before it is confirmed."));
        if (step == front::situation_step()) {
            write_answers_so_far(box);
            if (!table_.whole.is_answered()) {
                const auto& next = table_.whole.said.plan.to_ask.front();
                box.element<"p">({with<"class">("headline")}, city.find(next)->ask.in(words_.code(), ""));
            }
            return;
        }
        box.element<"dl">([&](Content& list) {
            for (const auto& blank : front::blanks_of(table_.whole, step, city, words_)) {
                list.element<"dt">(blank.label);
                list.element<"dd">({with<"data-echo">(step.text() + " " + blank.field.text())},
                                   front::value_of(table_.said, step, blank.field));
            }
        });
    });
}

void TableView::write_question(Content& into) const {
    const auto matter = matter_of(shared_, table_.view.outline.subject, words_, seat_);
    if (!matter) return;
    // What the forms of a conversation send stands in the address here.
    http::Request asked = request_;
    asked.form = request_.query;
    const auto& said = table_.whole.said;
    const Asked what = write_next_question(into, asked, shared_, *matter, said);
    if (what == Asked::nothing) {
        if (!table_.whole.plan.is_possible())
            into.element<"p">({with<"class">("complaint")},
                              words_("Nothing of this can be asked for from here."));
        else
            write_button(into, "show", words_("Show it to confirm"), {{"step", "situation"}}, "main");
    }
    write_said(into, shared_, words_, *matter, said);
}

void TableView::write_form(Content& into, const StepKey& step, const SeatTold& told) const {
    const auto& city = shared_.office.model();
    if (step == front::situation_step()) {
        into.element<"h2">(front::step_title(step, city, words_));
        return write_question(into);
    }
    const auto* seen = table_.find(step);
    const std::string shown = seen != nullptr ? seen->hash.substr(0, 8) : "";
    into.element<"form">(
        {with<"method">("post"), with<"action">(seat_.url(words_, "show")), with<"class">("sheet wide"),
         with<"data-keep">("form " + step.text() + " " + shown),
         with<"data-typing">(seat_.url(words_, "type").text())},
        [&](Content& form) {
            form.element<"h2">(front::step_title(step, city, words_));
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "step", step.text());
            for (const auto& asked : front::blanks_of(table_.whole, step, city, words_)) {
                Blank blank =
                    asked.detail != nullptr ? blank_of(*asked.detail, words_) : contact_blank(asked);
                const bool is_told = told.step == step;
                const auto typed = told.typed.find(blank.name);
                blank.value = is_told && typed != told.typed.end()
                                  ? typed->second
                                  : front::value_of(table_.said, step, asked.field);
                const auto amiss = std::ranges::find(told.amiss, blank.name, &front::Amiss::field);
                write_blank(form, blank, is_told && amiss != told.amiss.end() ? &*amiss : nullptr, words_);
            }
            form.element<"button">({with<"class">("main")}, seat_.side() == assist::Side::mediator
                                                                ? words_("Show it to the citizen")
                                                                : words_("Show it to confirm"));
        });
}

void TableView::write_alone(Content& into, const StepKey& step) const {
    const auto& city = shared_.office.model();
    const auto* wanted = table_.whole.wanted(step);
    const auto& subject = table_.view.outline.subject;
    if (wanted == nullptr && step != front::situation_step() && step != front::contact_step()) return;
    into.element<"details">(
        {with<"id">("alone"), with<"class">("alone"), with<"data-keep">("alone " + step.text())},
        [&](Content& more) {
            more.element<"summary">(words_("How to do this step alone"));
            more.element<"ol">([&](Content& list) {
                list.element<"li">([&](Content& item) {
                    const auto there = subject.service.empty()
                                           ? web::url(words_, {"events", subject.life_event.text()})
                                           : service_url(words_, subject.service);
                    item.text(words_("Open this page, at home or on a telephone:") + " ");
                    item.element<"a">({with<"href">(there)}, shared_.address + there.text());
                });
                if (step == front::situation_step())
                    list.element<"li">(words_("Answer one question after the other. You can change each."));
                if (wanted != nullptr) list.element<"li">(words_("Choose “Ask for it here”."));
                const auto blanks = front::blanks_of(table_.whole, step, city, words_);
                for (const auto& blank : blanks)
                    list.element<"li">(words_("Write: {what}", {{"what", blank.label}}));
                if (wanted != nullptr)
                    list.element<"li">(words_("Tick that you agree to what is handed over, and hand it in."));
            });
            if (wanted == nullptr) return;
            const auto* service = city.find(wanted->service);
            if (const std::string fee = fee_text(service->fee, words_); !fee.empty())
                more.element<"p">(words_("Fee") + ": " + fee);
        });
}

void TableView::write_button(Content& into,
                             std::string_view verb,
                             const std::string& label,
                             std::initializer_list<std::pair<std::string_view, std::string_view>> fields,
                             std::string_view look) const {
    into.element<"form">({with<"method">("post"), with<"action">(seat_.url(words_, verb))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             for (const auto& field : fields)
                                 write_hidden(form, field.first, field.second);
                             form.element<"button">({when(!look.empty(), with<"class">(look))}, label);
                         });
}

const std::vector<assist::Lesson>& all_lessons() {
    using assist::Mode;
    using assist::Side;
    static const std::vector<assist::Lesson> all{{Mode::show_me, Side::mediator},
                                                 {Mode::let_me_try, Side::citizen},
                                                 {Mode::i_do_you_watch, Side::citizen},
                                                 {Mode::i_do_you_watch, Side::mediator}};
    return all;
}

std::string lesson_word(const assist::Lesson& lesson) {
    return std::string{assist::name_of(lesson.mode)} + "/" + std::string{assist::name_of(lesson.driver)};
}

std::optional<assist::Lesson> lesson_in(std::string_view word) {
    for (const auto& lesson : all_lessons())
        if (lesson_word(lesson) == word) return lesson;
    return std::nullopt;
}

std::string lesson_text(const assist::Lesson& lesson, const Words& words) {
    switch (lesson.mode) {
        case assist::Mode::show_me:
            return words("Show me: the mediator drives and explains");
        case assist::Mode::let_me_try:
            return words("Let me try: the citizen drives, the mediator helps");
        case assist::Mode::i_do_you_watch:
            return lesson.driver == assist::Side::citizen ? words("I do it, you watch: the citizen drives")
                                                          : words("I do it, you watch: the mediator drives");
    }
    return {};
}

}  // namespace balcao::web

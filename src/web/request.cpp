// Asking for all of a plan in one sitting: what is asked for, what each entity gets, what is asked of the
// person, and then the case. Nothing is kept before it is handed in.
#include "front/request.hpp"

#include <algorithm>

#include "front/case_words.hpp"
#include "front/life_event.hpp"
#include "model/sentence.hpp"
#include "web/blank.hpp"
#include "web/case_pages.hpp"
#include "web/event_plan.hpp"
#include "web/forms.hpp"
#include "web/matter.hpp"
#include "web/service_words.hpp"

namespace balcao::web {
namespace {

using front::Amiss;
using front::RequestPlan;
using html::Content;
using html::with;

// What was typed before, and what of it has to be mended.
struct Filled {
    front::Typed typed{};
    std::vector<Amiss> amiss{};
    std::string complaint{};
    int status = 200;
};

class RequestForm {
public:
    RequestForm(const Shared& shared,
                const Words& words,
                const Matter& matter,
                const rules::Conversation& said,
                const Filled& filled)
        : words_{words},
          city_{shared.office.model()},
          matter_{matter},
          said_{said},
          plan_{front::request_plan(city_, said, shared.office.zone())},
          filled_{filled} {}

    void write(Content& main) const {
        write_what(main);
        write_amiss(main);
        main.element<"form">({with<"method">("post"), with<"action">(matter_.request_url(words_)),
                              with<"class">("sheet wide")},
                             [&](Content& form) {
                                 write_answers(form, said_);
                                 write_hidden(form, "key", new_form_key());
                                 write_hidden(form, "hand", "in");
                                 write_person(form);
                                 write_consents(form);
                                 form.element<"p">(words_(
                                     "Each gets what is listed above and nothing else. You can withdraw "
                                     "the request on its page."));
                                 form.element<"button">({with<"class">("main")}, words_("Hand it in"));
                             });
    }

private:
    [[nodiscard]] std::string name_of(const auto& key) const { return front::name_of(key, city_, words_); }

    void write_what(Content& main) const {
        main.element<"p">(words_("One request, one number, one page on which you see how it goes."));
        main.element<"ul">({with<"class">("asked")}, [&](Content& list) {
            for (const auto& step : plan_.planned.steps)
                list.element<"li">([&](Content& item) {
                    item.element<"strong">(name_of(step.service));
                    item.text(" · " + name_of(step.entity));
                    if (step.fee) item.text(" · " + front::money_text(*step.fee, words_));
                });
        });
        if (plan_.fees && plan_.planned.steps.size() > 1)
            main.element<"p">(words_("Together: {fee}", {{"fee", front::money_text(*plan_.fees, words_)}}));
        if (plan_.planned.elsewhere.empty()) return;
        main.element<"p">(words_("Not from here, but where the plan says:"));
        main.element<"ul">([&](Content& list) {
            for (const auto& service : plan_.planned.elsewhere)
                list.element<"li">([&](Content& item) {
                    item.element<"a">({with<"href">(service_url(words_, service))}, name_of(service));
                });
        });
    }

    [[nodiscard]] const Amiss* amiss_at(const std::string& field) const {
        const auto found = std::ranges::find(filled_.amiss, field, &Amiss::field);
        return found == filled_.amiss.end() ? nullptr : &*found;
    }

    // What has to be mended, each a way to its field.
    void write_amiss(Content& main) const {
        write_complaint(main, filled_.complaint);
        if (filled_.amiss.empty()) return;
        main.element<"div">({with<"class">("complaint"), with<"role">("alert")}, [&](Content& box) {
            box.element<"p">(words_("Nothing was handed in yet. Look again at:"));
            box.element<"ul">([&](Content& list) {
                for (const auto& amiss : filled_.amiss)
                    list.element<"li">([&](Content& item) {
                        item.element<"a">({with<"href">(html::Url::fragment(amiss.field))},
                                          label_of(amiss.field));
                    });
            });
        });
    }

    [[nodiscard]] std::string label_of(const std::string& field) const {
        if (field == front::name_field) return words_("Your name");
        if (field == front::mail_field) return words_("Mail address");
        if (field == front::phone_field) return words_("Telephone");
        for (const auto& detail : plan_.asks)
            if (front::field_of(detail) == field) return model::name_of(*city_.find(detail), words_.code());
        for (const auto& receiver : plan_.receivers)
            if (front::field_of(receiver.entity) == field)
                return words_("Consent for {entity}", {{"entity", name_of(receiver.entity)}});
        return field;
    }

    void write_line(Content& form, const Blank& blank) const {
        write_blank(form, blank, amiss_at(blank.name), words_);
    }

    [[nodiscard]] Blank line_of(const model::Detail& detail) const {
        Blank blank = blank_of(detail, words_);
        const auto typed = filled_.typed.details.find(detail.key);
        if (typed != filled_.typed.details.end()) blank.value = typed->second;
        return blank;
    }

    void write_person(Content& form) const {
        form.element<"h2">(words_("About you"));
        for (const auto& detail : plan_.asks)
            write_line(form, line_of(*city_.find(detail)));
        const auto& contact = filled_.typed.contact;
        if (!front::is_asked_as(plan_, city_, "name"))
            write_line(form, {.name = std::string{front::name_field},
                              .label = words_("Your name"),
                              .complete = "name",
                              .value = contact.name});
        if (!front::is_asked_as(plan_, city_, "email"))
            write_line(form, {.name = std::string{front::mail_field},
                              .label = words_("Mail address, if you like"),
                              .type = "email",
                              .complete = "email",
                              .value = contact.mail});
        if (!front::is_asked_as(plan_, city_, "tel"))
            write_line(form, {.name = std::string{front::phone_field},
                              .label = words_("Telephone, if you like"),
                              .type = "tel",
                              .complete = "tel",
                              .value = contact.phone});
    }

    [[nodiscard]] std::string listed(const front::Receiver& receiver) const {
        std::vector<std::string> names;
        for (const auto& detail : receiver.details)
            names.push_back(model::name_of(*city_.find(detail), words_.code()));
        for (const auto& fact : receiver.facts)
            names.push_back("“" + city_.find(fact)->ask.in(words_.code(), fact.text()) + " " +
                            front::answer_text(*city_.find(fact), said_.answers.at(fact), words_) + "”");
        return model::listed_in(words_.code(), names);
    }

    void write_consents(Content& form) const {
        form.element<"fieldset">({with<"class">("services consents")}, [&](Content& set) {
            set.element<"legend">(words_("Who gets what"));
            for (const auto& receiver : plan_.receivers) {
                if (receiver.details.empty() && receiver.facts.empty()) continue;
                const std::string field = front::field_of(receiver.entity);
                const Amiss* amiss = amiss_at(field);
                set.element<"label">([&](Content& label) {
                    label.empty<"input">(
                        {with<"type">("checkbox"), with<"id">(field), with<"name">(field),
                         with<"value">("yes"),
                         when(filled_.typed.agreed.contains(receiver.entity), with<"checked">()),
                         when(amiss != nullptr, with<"aria-invalid">("true"))});
                    label.element<"span">([&](Content& text) {
                        text.text(words_("I agree that {entity} gets: {data}.",
                                         {{"entity", name_of(receiver.entity)}, {"data", listed(receiver)}}));
                        if (amiss != nullptr)
                            text.element<"span">({with<"class">("wrong")}, front::amiss_text(*amiss, words_));
                    });
                });
            }
        });
    }

    const Words& words_;
    const model::Model& city_;
    const Matter& matter_;
    const rules::Conversation& said_;
    RequestPlan plan_;
    const Filled& filled_;
};

http::Response form_page(const http::Request& request,
                         const Shared& shared,
                         const Matter& matter,
                         const rules::Conversation& said,
                         const Filled& filled) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words,
                      .title = matter.service ? matter.title(words) : words("Ask for all of it here"),
                      .path = matter.path()};
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"h1">(frame.title);
                                         RequestForm{shared, words, matter, said, filled}.write(main);
                                         write_said(main, shared, words, matter, said);
                                     }),
                                filled.status);
}

// A question that is still open, or the plan where nothing of it can be asked for from here.
http::Response conversation_page(const http::Request& request,
                                 const Shared& shared,
                                 const Matter& matter,
                                 const rules::Conversation& said) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = matter.title(words), .path = matter.path()};
    Asked asked = Asked::nothing;
    const std::string written = page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        asked = write_next_question(main, request, shared, matter, said);
        if (asked == Asked::nothing) write_plan(main, shared, words, matter.event, said);
        write_said(main, shared, words, matter, said);
    });
    return http::Response::html(written, asked == Asked::once_again ? 422 : 200);
}

http::Response hand_in(const http::Request& request,
                       const Shared& shared,
                       const Matter& matter,
                       const rules::Conversation& said,
                       const RequestPlan& plan) {
    const Words words = shared.words_of(request);
    const model::Model& city = shared.office.model();
    Filled filled;
    filled.typed = front::typed_in(request.form, plan, words.code());
    auto read = front::submission_of(plan, city, said, filled.typed);
    if (auto* amiss = std::get_if<std::vector<Amiss>>(&read)) {
        filled.amiss = std::move(*amiss);
        filled.status = 422;
        return form_page(request, shared, matter, said, filled);
    }
    auto& submission = std::get<cases::Submission>(read);
    if (!matter.service) submission.life_event = matter.event.key;
    submission.edition = std::to_string(shared.office.in_force().edition);
    const auto accepted = shared.cases.accept(submission, form_key(request));
    if (const auto* refusal = std::get_if<cases::Refusal>(&accepted)) {
        filled.complaint = front::refusal_text(*refusal, shared.office.zone(), words);
        filled.status = front::status_of(*refusal);
        return form_page(request, shared, matter, said, filled);
    }
    return http::Response::redirect(
        case_url(shared, words, std::get<cases::Receipt>(accepted).number).text());
}

http::Response request_page(const http::Request& request, const Shared& shared) {
    const auto matter = matter_in(request, shared);
    if (!matter) return shared.failure(request, 404);
    const auto said = conversation_in(request, shared, *matter);
    const auto plan = front::request_plan(shared.office.model(), said, shared.office.zone());
    const bool is_asked = !said.plan.to_ask.empty() || request.form.has("change");
    if (is_asked || !plan.is_possible()) return conversation_page(request, shared, *matter, said);
    if (request.form.text("hand") == "in") return hand_in(request, shared, *matter, said, plan);
    return form_page(request, shared, *matter, said, {});
}

}  // namespace

void write_way_to_request(Content& main,
                          const Shared& shared,
                          const Words& words,
                          const Matter& matter,
                          const rules::Conversation& said) {
    const auto plan = front::request_plan(shared.office.model(), said, shared.office.zone());
    if (!plan.is_possible()) return;
    main.element<"h2">(words("Without going anywhere"));
    main.element<"p">(plan.planned.elsewhere.empty()
                          ? words("All of this can be asked for here, in one go.")
                          : words("A part of this can be asked for here, in one go."));
    main.element<"form">({with<"method">("post"), with<"action">(matter.request_url(words))},
                         [&](Content& form) {
                             write_answers(form, said);
                             form.element<"button">({with<"class">("main")}, words("Ask for it here"));
                         });
}

void add_request_routes(http::Router& router, Shared& shared) {
    add_post(router, shared, "/{language}/events/{event}/request", on_worker(shared, request_page));
    router.add(http::Method::get, "/{language}/services/{service}/request", on_worker(shared, request_page));
    add_post(router, shared, "/{language}/services/{service}/request", on_worker(shared, request_page));
}

}  // namespace balcao::web

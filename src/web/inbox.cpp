// The inbox of who works on requests: tasks that nobody has done yet, what was taken up and is still to be
// concluded, and what went wrong. No name stands on a list; who needs to know says why first, and the citizen
// reads that somebody did.
#include "front/inbox.hpp"

#include "front/case_words.hpp"
#include "front/comparison.hpp"
#include "front/moment.hpp"
#include "web/case_pages.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"
#include "web/report_form.hpp"

namespace balcao::web {
namespace {

using cases::Case;
using cases::ClerkKey;
using cases::Incident;
using cases::Step;
using cases::StepName;
using html::Content;
using html::with;

html::Url step_url(const Words& words, const StepName& step, std::string_view verb = {}) {
    const std::string number = to_text(step.number);
    return verb.empty() ? url(words, {"inbox", number, step.step.text()})
                        : url(words, {"inbox", number, step.step.text(), verb});
}

void write_entities(Content& main, const Shared& shared, const Words& words, const model::EntityKey& chosen) {
    main.element<"form">(
        {with<"method">("get"), with<"action">(url(words, {"inbox"})), with<"class">("sheet")},
        [&](Content& form) {
            form.element<"label">({with<"for">("entity")}, words("Entity"));
            form.element<"select">({with<"id">("entity"), with<"name">("entity")}, [&](Content& select) {
                select.element<"option">({with<"value">("")}, words("All"));
                for (const auto& entity : shared.office.model().entities)
                    select.element<"option">(
                        {with<"value">(entity.key.text()), when(entity.key == chosen, with<"selected">())},
                        model::name_of(entity, words.code()));
            });
            form.element<"button">(words("Show"));
        });
}

http::Response inbox_page(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Inbox"), .path = "/inbox"};
    const model::EntityKey entity{std::string{request.query.text("entity")}};
    const auto rows = front::inbox_of(shared.cases, entity, shared.staff, words);
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, [&](Content& line) {
            line.text(session.names.name + " · ");
            line.element<"a">({with<"href">(url(words, {"account"}))}, words("Your account"));
        });
        main.element<"h1">(frame.title);
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"inbox", "comparisons"}))},
                              words("What entities say they have"));
        });
        write_entities(main, shared, words, entity);
        if (rows.empty()) {
            main.element<"p">(words("Nothing waits for anybody."));
            return;
        }
        main.element<"table">({with<"class">("queue numbered")}, [&](Content& table) {
            table.element<"thead">([&](Content& head) {
                head.element<"tr">([&](Content& row) {
                    for (const char* title : {"Request", "Service", "Entity", "State", "Due"})
                        row.element<"th">({with<"scope">("col")}, words(title));
                });
            });
            table.element<"tbody">([&](Content& body) {
                for (const auto& one : rows)
                    body.element<"tr">([&](Content& row) {
                        row.element<"th">({with<"scope">("row")}, [&](Content& cell) {
                            cell.element<"a">({with<"href">(step_url(words, one.step))},
                                              to_text(one.step.number));
                        });
                        const model::Model& city = shared.office.model();
                        row.element<"td">(front::name_of(one.service, city, words));
                        row.element<"td">(front::name_of(one.entity, city, words));
                        row.element<"td">(one.words);
                        row.element<"td">(one.due ? front::moment_text(shared.office.zone(), *one.due, words)
                                                  : "");
                    });
            });
        });
    }));
}

// The step that "2026-000123/card" names, for a difference that is of one.
std::optional<StepName> step_of(const std::string& of) {
    const auto slash = of.find('/');
    StepName step;
    if (slash == std::string::npos || !from_text(of.substr(0, slash), step.number)) return std::nullopt;
    step.step = cases::StepKey{of.substr(slash + 1)};
    return step;
}

void write_comparison(Content& main,
                      const Shared& shared,
                      const Words& words,
                      const front::EntityComparison& one) {
    main.element<"h2">(front::name_of(one.entity, shared.office.model(), words));
    main.element<"p">(front::moment_text(shared.office.zone(), one.last.at, words) + ": " +
                      front::comparison_text(one.last.compared, words));
    if (one.last.compared.differences.empty()) return;
    main.element<"ul">([&](Content& list) {
        for (const auto& difference : one.last.compared.differences)
            list.element<"li">([&](Content& item) {
                if (const auto step = step_of(difference.of)) {
                    item.element<"a">({with<"href">(step_url(words, *step))},
                                      to_text(step->number) + ", " + step->step.text());
                    item.text(": ");
                }
                item.text(front::difference_text(difference, words));
            });
    });
}

http::Response comparisons_page(const http::Request& request, const Shared& shared, const staff::Session&) {
    const Words words = shared.words_of(request);
    const auto all = front::last_comparisons(shared.cases, shared.office.model());
    if (const auto* refusal = std::get_if<cases::Refusal>(&all))
        return shared.failure(words, front::status_of(*refusal),
                              front::refusal_text(*refusal, shared.office.zone(), words));
    const auto& comparisons = std::get<std::vector<front::EntityComparison>>(all);
    const Frame frame{
        .words = words, .title = words("What entities say they have"), .path = "/inbox/comparisons"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, [&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"inbox"}))}, words("Inbox"));
        });
        main.element<"h1">(frame.title);
        main.element<"p">(
            words("Once a day, what was sent in the last seven days is compared with what "
                  "each entity lists. Nothing is mended by itself."));
        if (comparisons.empty()) main.element<"p">(words("No entity has given a list yet."));
        for (const auto& one : comparisons)
            write_comparison(main, shared, words, one);
    }));
}

struct StepTold {
    std::string complaint{};
    int status = 200;
    const cases::HandedOver* handed = nullptr;  // after a look
};

// The page of one step: what it is about, and what can be done.
class StepPage {
public:
    StepPage(const http::Request& request,
             const Shared& shared,
             const Case& whole,
             const Step& step,
             ClerkKey clerk)
        : typed_{request.form},
          shared_{shared},
          words_{shared.words_of(request)},
          whole_{whole},
          step_{step},
          name_{whole.number, step.asked.step},
          clerk_{std::move(clerk)} {}

    void write(Content& main, const StepTold& told) const {
        write_complaint(main, told.complaint);
        write_facts(main);
        if (told.handed != nullptr)
            write_handed(main, *told.handed);
        else
            write_look(main);
        if (const auto* task = std::get_if<cases::WithPerson>(&step_.state)) write_task(main, *task);
        if (std::holds_alternative<cases::Accepted>(step_.state)) write_report(main);
        for (const auto& incident : whole_.incidents)
            if (!incident.settled && incident.step == step_.asked.step) write_incident(main, incident);
    }

private:
    void write_facts(Content& main) const {
        const model::Model& city = shared_.office.model();
        const Zone& zone = shared_.office.zone();
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words_("Service"), front::name_of(step_.asked.service, city, words_));
            write_fact(facts, words_("Entity"), front::name_of(step_.asked.entity, city, words_));
            write_fact(facts, words_("Handed in"), front::moment_text(zone, whole_.opened, words_));
            if (const auto entry = front::inbox_entry(whole_, step_, shared_.staff, words_)) {
                write_fact(facts, words_("State"), entry->words);
                if (entry->due)
                    write_fact(facts, words_("Due"), front::moment_text(zone, *entry->due, words_));
            }
            write_fact(facts, words_("Reference there"), step_.reference);
            if (whole_.cancelled)
                write_fact(facts, words_("Withdrawn"), front::moment_text(zone, *whole_.cancelled, words_));
        });
    }

    void write_handed(Content& main, const cases::HandedOver& handed) const {
        main.element<"h2">(words_("What was handed over"));
        write_handed_over(main, shared_, words_, handed.data);
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words_("Name"), handed.contact.name);
            write_fact(facts, words_("Mail address"), handed.contact.mail);
            write_fact(facts, words_("Telephone"), handed.contact.phone);
        });
    }

    template <class Fill>
    void write_form(Content& into, std::string_view verb, const std::string& label, Fill&& fill) const {
        into.element<"form">({with<"method">("post"), with<"action">(step_url(words_, name_, verb)),
                              with<"class">("sheet wide")},
                             [&](Content& form) {
                                 write_hidden(form, "key", new_form_key());
                                 fill(form);
                                 form.element<"button">(label);
                             });
    }

    void write_look(Content& main) const {
        main.element<"details">([&](Content& more) {
            more.element<"summary">(words_("See what was handed over"));
            more.element<"p">(words_("The person will read that you looked, by your role, and why."));
            write_form(more, "look", words_("Show"), [&](Content& form) {
                form.element<"label">({with<"for">("why")}, words_("Why"));
                form.element<"select">({with<"id">("why"), with<"name">("why")}, [&](Content& select) {
                    for (const auto reason : {cases::LookReason::to_do_it, cases::LookReason::person_asked,
                                              cases::LookReason::to_put_right})
                        select.element<"option">({with<"value">(cases::name_of(reason))},
                                                 front::reason_text(reason, words_));
                });
            });
        });
    }

    void write_task(Content& main, const cases::WithPerson& task) const {
        main.element<"h2">(task.errand == cases::Errand::undo ? words_("To be undone")
                                                              : words_("To be done"));
        if (task.claimed_by.empty()) {
            if (task.vouched_by == clerk_ && !clerk_.empty())
                main.element<"p">(words_("You have said what came of it. A second person must see it."));
            else
                write_form(main, "claim", words_("Take it on"), [](Content&) {});
            return;
        }
        if (task.claimed_by != clerk_) {
            main.element<"p">(words_("{name} has this in hand.",
                                     {{"name", front::clerk_name(task.claimed_by, shared_.staff)}}));
            return;
        }
        write_form(main, "finish", words_("Record"), [&](Content& form) {
            if (task.errand == cases::Errand::undo)
                write_outcomes(form, words_, typed_,
                               {{"done", words_("Undone")}, {"denied", words_("Cannot be undone")}});
            else
                write_outcomes(form, words_, typed_,
                               {{"done", words_("Done")},
                                {"taken-up", words_("Taken up; it will be done later")},
                                {"denied", words_("Refused")}});
            write_field(form, {"text", words_("Its reference there; or why it is refused"), "text",
                               typed_.text("text"), "off"});
        });
        write_form(main, "release", words_("Give it back"), [](Content&) {});
    }

    // What the entity says of what it has.
    void write_report(Content& main) const {
        main.element<"h2">(words_("Taken up by the entity"));
        write_form(main, "report", words_("Record"), [&](Content& form) {
            write_hidden(form, "reference", step_.reference);
            write_report_fields(form, words_, typed_);
        });
    }

    [[nodiscard]] std::vector<std::pair<std::string_view, std::string>> endings_of(
        const Incident& incident) const {
        const auto* held = std::get_if<cases::Held>(&step_.state);
        if (held == nullptr || held->incident != incident.id)
            return {{"noted", words_("Noted: nothing is to be done")}};
        if (held->errand == cases::Errand::undo)
            return {{"undone-by-hand", words_("It was undone by hand")},
                    {"send-again", words_("Try again")},
                    {"cannot-be-undone", words_("It cannot be undone")}};
        return {{"it-is-there", words_("The entity has it")},
                {"send-again", words_("The entity does not have it: send it")},
                {"give-up", words_("It will not be done")}};
    }

    void write_incident(Content& main, const Incident& incident) const {
        main.element<"h2">(front::incident_text(incident.kind, words_));
        const std::string id = std::to_string(incident.id);
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words_("Since"),
                       front::moment_text(shared_.office.zone(), incident.opened, words_));
            write_fact(facts, words_("Answers for it"),
                       incident.by.empty() ? incident.owner : front::clerk_name(incident.by, shared_.staff));
            write_fact(facts, words_("Said to be settled by"),
                       front::moment_text(shared_.office.zone(), incident.promised, words_));
            write_fact(facts, words_("What is known"), incident.why);
        });
        write_form(main, "promise", words_("Take it over"), [&](Content& form) {
            write_hidden(form, "incident", id);
            write_field(form, {"until-" + id, words_("It will be settled by"), "date",
                               typed_.text("until-" + id), "off"});
        });
        write_form(main, "settle", words_("Settle"), [&](Content& form) {
            write_hidden(form, "incident", id);
            write_outcomes(form, words_, typed_, endings_of(incident));
            write_field(form, {"reference-" + id, words_("Its reference there, where it is there"), "text",
                               typed_.text("reference-" + id), "off"});
        });
    }

    const http::Fields& typed_;
    const Shared& shared_;
    Words words_;
    const Case& whole_;
    const Step& step_;
    StepName name_;
    ClerkKey clerk_;
};

std::optional<StepName> case_step_in(const http::Request& request) {
    StepName step;
    if (!from_text(request.parameters.text("number"), step.number)) return std::nullopt;
    step.step = cases::StepKey{std::string{request.parameters.text("step")}};
    return step;
}

http::Response step_page(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const StepTold& told) {
    const Words words = shared.words_of(request);
    const auto name = case_step_in(request);
    if (!name) return shared.failure(request, 404);
    const auto found = shared.cases.find(name->number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&found))
        return shared.failure(words, front::status_of(*refusal),
                              front::refusal_text(*refusal, shared.office.zone(), words));
    const Case& whole = std::get<Case>(found);
    const Step* step = whole.find(name->step);
    if (step == nullptr) return shared.failure(request, 404);
    const Frame frame{.words = words,
                      .title = words("Request {number}", {{"number", to_text(name->number)}}),
                      .path = "/inbox/" + to_text(name->number) + "/" + name->step.text()};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.element<"a">({with<"href">(url(words, {"inbox"}))}, words("Inbox"));
                 });
                 main.element<"h1">(frame.title);
                 StepPage{request, shared, whole, *step, ClerkKey{session.account.text()}}.write(main, told);
             }),
        told.status);
}

using CaseWork = std::function<http::Response(const http::Request&, const Shared&, const staff::Session&)>;

http::Handler for_case_workers(Shared& shared, CaseWork work) {
    return for_staff(shared, [&shared, work = std::move(work)](const http::Request& request,
                                                               const staff::Session& session) {
        if (shared.staff.may(session.account, staff::Permission::handle_cases, {}))
            return work(request, shared, session);
        const Words words = shared.words_of(request);
        return shared.failure(words, 403,
                              refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
    });
}

http::Response told(const http::Request& request,
                    const Shared& shared,
                    const staff::Session& session,
                    const cases::Refusal& refusal) {
    const Words words = shared.words_of(request);
    return step_page(request, shared, session,
                     {front::refusal_text(refusal, shared.office.zone(), words), front::status_of(refusal)});
}

http::Response look_at_step(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session) {
    const auto step = case_step_in(request);
    const auto why = cases::look_reason_of(request.form.text("why"));
    if (!step || !why) return shared.failure(request, 404);
    const auto shown =
        shared.cases.look(*step, front::onlooker_of(session.account, *why, shared.staff), form_key(request));
    if (const auto* refusal = std::get_if<cases::Refusal>(&shown))
        return told(request, shared, session, *refusal);
    return step_page(request, shared, session, {.handed = &std::get<cases::HandedOver>(shown)});
}

// A page may have forms of several incidents: a field of one bears its number.
std::string_view of_incident(const http::Request& request, const std::string& field) {
    return request.form.text(field + "-" + std::string{request.form.text("incident")});
}

// What a form of that page asks for; nothing where it does not say what.
std::optional<cases::Answer<cases::CaseState>> act(const http::Request& request,
                                                   const Shared& shared,
                                                   const ClerkKey& clerk,
                                                   const StepName& step,
                                                   std::string_view verb) {
    auto& cases = shared.cases;
    const std::string key = form_key(request);
    const auto word = request.form.text("word");
    const std::string text{request.form.text("text")};
    if (verb == "claim") return cases.claim(step, clerk, key);
    if (verb == "release") return cases.release(step, clerk, key);
    if (verb == "finish") {
        const auto verdict = front::verdict_of(word);
        if (!verdict) return std::nullopt;
        return cases.finish(step, clerk, {*verdict, text}, key);
    }
    if (verb == "report") {
        const auto report = report_in(request, shared, std::string{request.form.text("reference")});
        if (!report) return std::nullopt;
        return cases.report(step, *report, key);
    }
    const auto id = number_of(request.form.text("incident"));
    const cases::IncidentName incident{step.number, id ? id->value : 0};
    if (verb == "promise")
        return cases.promise(incident, clerk, end_of_day(of_incident(request, "until"), shared), key);
    const auto how = front::settlement_of(word);
    if (!how) return std::nullopt;
    return cases.settle(incident, {*how, std::string{of_incident(request, "reference")}, clerk}, key);
}

}  // namespace

void add_inbox_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/inbox", for_case_workers(shared, inbox_page));
    router.add(http::Method::get, "/{language}/inbox/comparisons",
               for_case_workers(shared, comparisons_page));
    router.add(http::Method::get, "/{language}/inbox/{number}/{step}",
               for_case_workers(shared, [](const http::Request& request, const Shared& all,
                                           const staff::Session& session) {
                   return step_page(request, all, session, {});
               }));
    add_post(router, shared, "/{language}/inbox/{number}/{step}/look",
             for_case_workers(shared, look_at_step));
    for (const char* verb : {"claim", "release", "finish", "report", "promise", "settle"})
        add_post(router, shared, std::string{"/{language}/inbox/{number}/{step}/"} + verb,
                 for_case_workers(shared, [verb](const http::Request& request, const Shared& all,
                                                 const staff::Session& session) {
                     const auto step = case_step_in(request);
                     if (!step) return all.failure(request, 404);
                     const auto done = act(request, all, ClerkKey{session.account.text()}, *step, verb);
                     const Words words = all.words_of(request);
                     if (!done)
                         return step_page(request, all, session, {words("Choose what came of it."), 422});
                     if (const auto* refusal = std::get_if<cases::Refusal>(&*done))
                         return told(request, all, session, *refusal);
                     return http::Response::redirect(step_url(words, *step).text());
                 }));
}

}  // namespace balcao::web

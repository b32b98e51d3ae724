// Where sessions at a double screen begin: the sites where somebody may assist, what is offered at each by
// what was agreed with its host, the sessions of today, and one that was kept and goes on here.
#include <algorithm>

#include "front/assist_words.hpp"
#include "front/moment.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"
#include "web/service_words.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using assist::MediatorKey;
using assist::Outline;
using html::Content;
using html::with;

// "event/wallet", "service/licence".
std::string subject_word(const assist::Subject& subject) {
    return subject.service.empty() ? "event/" + subject.life_event.text()
                                   : "service/" + subject.service.text();
}

std::optional<assist::Subject> subject_in(std::string_view word, const model::Model& city) {
    const auto slash = word.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string key{word.substr(slash + 1)};
    assist::Subject subject;
    if (word.substr(0, slash) == "event") subject.life_event = model::LifeEventKey{key};
    if (word.substr(0, slash) == "service") subject.service = model::ServiceKey{key};
    if (!subject.is_one() || !front::event_of(city, subject)) return std::nullopt;
    return subject;
}

// What can be asked for from afar, and what happened where any of that belongs to it.
std::vector<assist::Subject> subjects_of(const model::Model& city) {
    std::vector<assist::Subject> subjects;
    const auto is_asked_for = [&](const model::EventStep& step) {
        const model::Service* service = city.find(step.service);
        return service != nullptr && service->request.has_value();
    };
    for (const auto& event : city.life_events)
        if (std::ranges::any_of(event.steps, is_asked_for)) subjects.push_back({{}, event.key});
    for (const auto& service : city.services)
        if (service.request) subjects.push_back({service.key, {}});
    return subjects;
}

void write_clerk(Content& main, const Words& words, const staff::Session& session) {
    main.element<"p">({with<"class">("who")}, [&](Content& line) {
        line.text(session.names.name + " · ");
        line.element<"a">({with<"href">(url(words, {"account"}))}, words("Your account"));
    });
}

bool may_assist_at(const Shared& shared, const staff::Session& session, const model::SiteKey& site) {
    return shared.staff.may(session.account, staff::Permission::assist_citizen, site);
}

http::Response may_not_assist(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    return shared.failure(words, 403, refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
}

// Where somebody may assist.
http::Response mediation_sites_page(const http::Request& request,
                                    const Shared& shared,
                                    const staff::Session& session) {
    const Words words = shared.words_of(request);
    std::vector<const model::Site*> sites;
    for (const auto& site : shared.office.model().sites)
        if (may_assist_at(shared, session, site.key)) sites.push_back(&site);
    if (sites.empty()) return may_not_assist(request, shared);
    if (sites.size() == 1)
        return http::Response::redirect(url(words, {"mediation", sites.front()->key.text()}).text());
    const Frame frame{.words = words, .title = words("Double screen"), .path = "/mediation"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        write_clerk(main, words, session);
        main.element<"h1">(frame.title);
        main.element<"ul">({with<"class">("desks")}, [&](Content& list) {
            for (const auto* site : sites)
                list.element<"li">([&](Content& item) {
                    item.element<"a">({with<"href">(url(words, {"mediation", site->key.text()}))},
                                      model::name_of(*site, words.code()));
                });
        });
    }));
}

void write_open_sessions(Content& main,
                         const Shared& shared,
                         const Words& words,
                         const std::vector<Outline>& open,
                         const MediatorKey& mediator) {
    if (open.empty()) return;
    main.element<"h2">(words("Sessions of today"));
    main.element<"ul">({with<"class">("found")}, [&](Content& list) {
        for (const auto& one : open)
            list.element<"li">([&](Content& item) {
                const std::string name = front::subject_name(one.subject, shared.office.model(), words);
                item.element<"h3">([&](Content& title) {
                    if (one.mediator == mediator)
                        title.element<"a">(
                            {with<"href">(url(words, {"mediation", one.site.text(), one.session.text()}))},
                            name);
                    else
                        title.text(name);
                });
                write_witness_asked(item, shared, words, one.site, one);
                item.element<"p">({with<"class">("quiet")},
                                  front::state_text(one.state, words) + " · " +
                                      front::moment_text(shared.office.zone(), one.opened, words));
            });
    });
}

struct Offered {
    std::vector<assist::Subject> subjects{};
    std::vector<std::pair<assist::Subject, std::string>> others{};  // and why not
};

Offered offered_at(const Shared& shared, const Words& words, const model::SiteKey& site) {
    const model::Model& city = shared.office.model();
    Offered offered;
    for (const auto& subject : subjects_of(city)) {
        const auto agreed = front::agreed_with_host(city, site, subject, shared.now().date);
        if (agreed.how == rules::Agreed::How::yes)
            offered.subjects.push_back(subject);
        else
            offered.others.emplace_back(subject, front::agreement_text(agreed, words));
    }
    return offered;
}

// What was agreed with the hosts of a site, and what is not offered for that.
void write_protocols(Content& main,
                     const Shared& shared,
                     const Words& words,
                     const model::SiteKey& site,
                     const Offered& offered) {
    const model::Model& city = shared.office.model();
    for (const auto& protocol : city.protocols) {
        if (!protocol.names(site)) continue;
        main.element<"h2">(model::name_of(protocol, words.code()));
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words("Host"), model::name_of(*city.find(protocol.host), words.code()));
            write_fact(facts, words("From"), front::day_text(protocol.from, words));
            if (protocol.until) write_fact(facts, words("Until"), front::day_text(*protocol.until, words));
            write_fact(facts, words("Who bears the costs"), protocol.costs.in(words.code(), ""));
        });
        if (const auto mark = mark_of(protocol.source, words); !mark.empty())
            main.element<"p">([&](Content& line) { line.element<"small">({with<"class">("mark")}, mark); });
    }
    if (offered.others.empty()) return;
    main.element<"details">([&](Content& more) {
        more.element<"summary">(
            words("Not offered here: {count}", {{"count", std::to_string(offered.others.size())}}));
        more.element<"ul">([&](Content& list) {
            for (const auto& one : offered.others)
                list.element<"li">([&](Content& item) {
                    item.element<"strong">(front::subject_name(one.first, city, words));
                    item.text(": " + one.second);
                });
        });
    });
}

void write_begin(Content& main,
                 const Shared& shared,
                 const Words& words,
                 const model::SiteKey& site,
                 const Offered& offered) {
    const model::Model& city = shared.office.model();
    main.element<"h2">(words("Begin a session"));
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"mediation", site.text()})),
         with<"class">("sheet wide")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            form.element<"label">({with<"for">("subject")}, words("What it is about"));
            form.element<"select">({with<"id">("subject"), with<"name">("subject")}, [&](Content& select) {
                for (const auto& subject : offered.subjects)
                    select.element<"option">({with<"value">(subject_word(subject))},
                                             front::subject_name(subject, city, words));
            });
            form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
                set.element<"legend">(words("Who drives"));
                for (const auto& lesson : all_lessons())
                    set.element<"label">([&](Content& label) {
                        label.empty<"input">({with<"type">("radio"), with<"name">("lesson"),
                                              with<"value">(lesson_word(lesson)),
                                              when(lesson == assist::Lesson{}, with<"checked">())});
                        label.element<"span">(lesson_text(lesson, words));
                    });
            });
            form.element<"label">({with<"class">("priority")}, [&](Content& label) {
                label.empty<"input">(
                    {with<"type">("checkbox"), with<"name">("purpose"), with<"value">("practice")});
                label.element<"span">(words("Practice: the same steps, and nothing is sent"));
            });
            form.element<"button">({with<"class">("main")}, words("Begin"));
        });
}

http::Response mediation_site_page(const http::Request& request,
                                   const Shared& shared,
                                   const staff::Session& session,
                                   const SeatTold& told) {
    const Words words = shared.words_of(request);
    const auto* site = site_in(request, shared);
    if (site == nullptr) return shared.failure(request, 404);
    if (!may_assist_at(shared, session, site->key)) return may_not_assist(request, shared);
    const Frame frame{.words = words,
                      .title = words("Double screen") + ": " + model::name_of(*site, words.code()),
                      .path = "/mediation/" + site->key.text()};
    const auto open =
        shared.sessions->open_sessions([&](const assist::Session& one) { return one.site == site->key; });
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 write_clerk(main, words, session);
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 write_open_sessions(main, shared, words, open, MediatorKey{session.account.text()});
                 const auto offered = offered_at(shared, words, site->key);
                 write_begin(main, shared, words, site->key, offered);
                 main.element<"h2">(words("Go on with a session that was kept"));
                 main.element<"form">(
                     {with<"method">("post"),
                      with<"action">(url(words, {"mediation", site->key.text(), "take-over"})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         write_hidden(form, "key", new_form_key());
                         write_field(form, {"code", words("Code of nine digits"), "text", "", "off"});
                         form.element<"button">(words("Go on"));
                     });
                 write_protocols(main, shared, words, site->key, offered);
             }),
        told.status);
}

http::Response refused_on_site(const http::Request& request,
                               const Shared& shared,
                               const staff::Session& session,
                               const assist::Refusal& refusal) {
    return mediation_site_page(request, shared, session,
                               {.complaint = front::refusal_text(refusal, shared.words_of(request)),
                                .status = front::status_of(refusal)});
}

http::Response begin_sitting(const http::Request& request,
                             const Shared& shared,
                             const staff::Session& session) {
    const Words words = shared.words_of(request);
    const auto* site = site_in(request, shared);
    if (site == nullptr) return shared.failure(request, 404);
    if (!may_assist_at(shared, session, site->key)) return may_not_assist(request, shared);
    const auto in_force = shared.office.in_force();
    const auto subject = subject_in(request.form.text("subject"), *in_force.model);
    if (!subject)
        return mediation_site_page(request, shared, session,
                                   {.complaint = words("Choose what it is about."), .status = 422});
    const auto first = front::assisted({*in_force.model, shared.office.zone(), shared.now().date},
                                       *front::event_of(*in_force.model, *subject), {});
    assist::Opening opening{.mediator = MediatorKey{session.account.text()},
                            .site = site->key,
                            .subject = *subject,
                            .edition = std::to_string(in_force.edition),
                            .steps = first.steps};
    opening.lesson = lesson_in(request.form.text("lesson")).value_or(assist::Lesson{});
    if (request.form.text("purpose") == "practice") opening.purpose = assist::Purpose::practice;
    const auto opened = shared.sessions->open(opening, form_key(request));
    if (const auto* refusal = std::get_if<assist::Refusal>(&opened))
        return refused_on_site(request, shared, session, *refusal);
    const auto& slip = std::get<assist::CodeSlip>(opened);
    shared.sittings->give(slip);
    return http::Response::redirect(url(words, {"mediation", site->key.text(), slip.session.text()}).text());
}

http::Response take_over_sitting(const http::Request& request,
                                 const Shared& shared,
                                 const staff::Session& session) {
    const Words words = shared.words_of(request);
    const auto* site = site_in(request, shared);
    if (site == nullptr) return shared.failure(request, 404);
    if (!may_assist_at(shared, session, site->key)) return may_not_assist(request, shared);
    const auto taken = shared.sessions->take_over(
        request.form.text("code"), {MediatorKey{session.account.text()}, site->key}, form_key(request));
    if (const auto* refusal = std::get_if<assist::Refusal>(&taken))
        return refused_on_site(request, shared, session, *refusal);
    return http::Response::redirect(
        url(words, {"mediation", site->key.text(), std::get<assist::SessionKey>(taken).text()}).text());
}

}  // namespace

void add_mediation_site_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/mediation",
               for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                   return mediation_sites_page(request, shared, session);
               }));
    router.add(http::Method::get, "/{language}/mediation/{site}",
               for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                   return mediation_site_page(request, shared, session, {});
               }));
    add_post(router, shared, "/{language}/mediation/{site}",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return begin_sitting(request, shared, session);
             }));
    add_post(router, shared, "/{language}/mediation/{site}/take-over",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return take_over_sitting(request, shared, session);
             }));
}

}  // namespace balcao::web

// The forms of administration: a site's hours, closures, desks and names, the name of a service, the whole
// text. What was typed is kept when something is wrong with it, and the field says what.
#include <algorithm>

#include "web/administration.hpp"
#include "web/book_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

std::string weekday_text(std::size_t day, const Words& words) {
    switch (day) {
        case 0:
            return words("Monday");
        case 1:
            return words("Tuesday");
        case 2:
            return words("Wednesday");
        case 3:
            return words("Thursday");
        case 4:
            return words("Friday");
        case 5:
            return words("Saturday");
        default:
            return words("Sunday");
    }
}

std::string language_text(std::string_view code, const Words& words) {
    if (code == "pt") return words("Portuguese");
    if (code == "es") return words("Spanish");
    if (code == "en") return words("English");
    return std::string{code};
}

// The fields of one form: what was typed where it comes back with something wrong, else what is in force.
class Fields {
public:
    Fields(Content& form, const ModelChange* typed) : form_{form}, typed_{typed} {}

    void text(const std::string& name, const std::string& label, const std::string& in_force) const {
        field(name, label, "text", in_force);
    }

    void field(const std::string& name,
               const std::string& label,
               std::string_view type,
               const std::string& in_force) const {
        const std::string wrong = typed_ != nullptr ? typed_->wrong_with(name) : "";
        const std::string value =
            typed_ != nullptr && typed_->has(name) ? std::string{typed_->text(name)} : in_force;
        const std::string id = prefix_ + name;
        form_.element<"p">([&](Content& line) {
            line.element<"label">({with<"for">(id)}, label);
            line.empty<"input">({with<"id">(id), with<"name">(name), with<"type">(type), with<"value">(value),
                                 with<"autocomplete">("off"),
                                 when(!wrong.empty(), with<"aria-invalid">("true")),
                                 when(!wrong.empty(), with<"aria-describedby">(id + "-wrong"))});
            if (!wrong.empty())
                line.element<"span">({with<"class">("wrong"), with<"id">(id + "-wrong")}, wrong);
        });
    }

    // Several forms of a page have fields of one name.
    Fields& under(std::string prefix) {
        prefix_ = std::move(prefix) + "-";
        return *this;
    }

private:
    Content& form_;
    const ModelChange* typed_;
    std::string prefix_;
};

struct FormHead {
    ChangeKind kind;
    std::vector<http::Field> hidden;
    std::string button{};  // empty: the ordinary one
};

// A form that leads to the preview.
void write_form(Content& main,
                const Shared& shared,
                const Words& words,
                const FormHead& head,
                const std::function<void(Content&)>& fill) {
    const auto now = shared.editions->in_force();
    main.element<"form">({with<"method">("post"), with<"class">("sheet"),
                          with<"action">(url(words, {"administration", "preview"}))},
                         [&](Content& form) {
                             write_hidden(form, "kind", name_of(head.kind));
                             write_hidden(form, "based-on", std::to_string(now ? now->entry.number : 0));
                             for (const auto& field : head.hidden)
                                 write_hidden(form, field.name, field.value);
                             fill(form);
                             form.element<"button">(
                                 {with<"class">("main")},
                                 head.button.empty() ? words("See what it changes") : head.button);
                         });
}

struct SiteForms {
    Content& main;
    const Shared& shared;
    const Words& words;
    const model::Site& site;
    const ModelChange& change;

    [[nodiscard]] const ModelChange* typed(ChangeKind kind) const {
        return change.kind == kind && !change.wrong.empty() ? &change : nullptr;
    }

    void hours() const {
        main.element<"h2">(words("Opening hours"));
        if (site.open.always) main.element<"p">(words("It is always open, until hours are given here."));
        write_form(main, shared, words, {ChangeKind::hours, {{"site", site.key.text()}}}, [&](Content& form) {
            form.element<"p">({with<"class">("quiet")},
                              words("Like 09:00-13:00, 14:00-17:00. An empty day is closed."));
            const Fields fields{form, typed(ChangeKind::hours)};
            for (std::size_t day = 0; day < front::weekday_names.size(); ++day)
                fields.text(std::string{front::weekday_names[day]}, weekday_text(day, words),
                            site.open.always ? "" : front::hours_text(site.open, static_cast<int>(day)));
        });
    }

    void closures() const {
        main.element<"h2">(words("Days on which it is closed"));
        const Date today = shared.now().date;
        main.element<"ul">({with<"class">("closures")}, [&](Content& list) {
            for (const Date date : site.open.closed) {
                if (date < today) continue;
                list.element<"li">([&](Content& item) {
                    write_form(item, shared, words,
                               {ChangeKind::closure,
                                {{"site", site.key.text()}, {"date", format_date(date)}, {"what", "open"}},
                                words("Open on this day again: {day}", {{"day", day_text(date, words)}})},
                               [](Content&) {});
                });
            }
        });
        write_form(main, shared, words, {ChangeKind::closure, {{"site", site.key.text()}, {"what", "close"}}},
                   [&](Content& form) {
                       const Fields fields{form, typed(ChangeKind::closure)};
                       fields.field("date", words("Date"), "date", "");
                       write_everywhere(form, words("All sites of the city are closed on that day."));
                   });
    }

    // Other hours on one single day.
    void dates() const {
        main.element<"h2">(words("Other hours on one day"));
        if (site.open.always) {
            main.element<"p">(words("It is always open."));
            return;
        }
        const Date today = shared.now().date;
        main.element<"ul">({with<"class">("closures")}, [&](Content& list) {
            for (const auto& said : site.open.dates)
                if (said.date >= today) list.element<"li">([&](Content& item) { date(item, said); });
        });
        write_form(
            main, shared, words, {ChangeKind::date_hours, {{"site", site.key.text()}}}, [&](Content& form) {
                Fields fields{form, typed(ChangeKind::date_hours)};
                fields.under("own");
                fields.field("date", words("Date"), "date", "");
                fields.text("hours", words("Hours on that day, like 09:00-12:00"), "");
                for (const auto& language : shared.office.model().languages)
                    fields.text(
                        "name-" + language,
                        words("Why, for people: {language}", {{"language", language_text(language, words)}}),
                        "");
                write_everywhere(form, words("All sites of the city have these hours on that day."));
            });
    }

    void desks() const {
        main.element<"h2">(words("Desks"));
        for (const auto& group : site.desks) {
            const auto* count = std::get_if<int>(&group.count);
            const std::string name = model::name_of(group, words.code());
            if (count == nullptr) {
                main.element<"p">(
                    words("{desks}: by the hour. Change it in the whole text.", {{"desks", name}}));
                continue;
            }
            const auto* wrong = typed(ChangeKind::desks);
            if (wrong != nullptr && wrong->text("desks") != group.key.text()) wrong = nullptr;
            write_form(main, shared, words,
                       {ChangeKind::desks, {{"site", site.key.text()}, {"desks", group.key.text()}}},
                       [&](Content& form) {
                           Fields{form, wrong}
                               .under(group.key.text())
                               .field("count", words("Desks: {desks}", {{"desks", name}}), "number",
                                      std::to_string(*count));
                       });
        }
    }

    // One that is there, and the way back to the hours of its weekday.
    void date(Content& item, const model::DateHours& said) const {
        const std::string name = said.name.in(words.code(), "");
        item.element<"p">(day_text(said.date, words) + ": " + front::hours_text(said.hours) +
                          (name.empty() ? "" : " (" + name + ")"));
        write_form(item, shared, words,
                   {ChangeKind::date_hours,
                    {{"site", site.key.text()}, {"date", format_date(said.date)}, {"what", "usual"}},
                    words("The usual hours again on this day: {day}", {{"day", day_text(said.date, words)}})},
                   [](Content&) {});
    }

    static void write_everywhere(Content& form, const std::string& sentence) {
        form.element<"p">([&](Content& line) {
            line.element<"label">({with<"class">("priority")}, [&](Content& label) {
                label.empty<"input">(
                    {with<"type">("checkbox"), with<"name">("everywhere"), with<"value">("yes")});
                label.text(sentence);
            });
        });
    }

    void names() const {
        main.element<"h2">(words("Name"));
        write_form(main, shared, words, {ChangeKind::site_name, {{"site", site.key.text()}}},
                   [&](Content& form) {
                       const Fields fields{form, typed(ChangeKind::site_name)};
                       for (const auto& language : shared.office.model().languages)
                           fields.text("name-" + language, language_text(language, words),
                                       site.name.in(language, site.key.text()));
                   });
    }
};

http::Response site_forms(const http::Request& request,
                          const Shared& shared,
                          const staff::Session& session,
                          const ModelChange& change,
                          int status) {
    const auto* site = shared.office.model().find(model::SiteKey{std::string{change.text("site")}});
    if (site == nullptr) return shared.failure(request, 404);
    return administration_page(
        request, shared, session, model::name_of(*site, shared.words_of(request).code()),
        [&](Content& main, const Words& words) {
            write_complaint(main, change.wrong_with("site"));
            write_complaint(main, change.wrong_with(""));
            const SiteForms forms{main, shared, words, *site, change};
            forms.hours();
            forms.closures();
            forms.dates();
            forms.desks();
            forms.names();
        },
        status);
}

http::Response service_form(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session,
                            const ModelChange& change,
                            int status) {
    const auto& city = shared.office.model();
    if (!change.has("service"))
        return administration_page(request, shared, session, shared.words_of(request)("Names of services"),
                                   [&](Content& main, const Words& words) {
                                       main.element<"ul">({with<"class">("desks")}, [&](Content& list) {
                                           for (const auto& service : city.services)
                                               list.element<"li">([&](Content& item) {
                                                   item.element<"a">(
                                                       {with<"href">(url(words, {"administration", "services",
                                                                                 service.key.text()}))},
                                                       model::name_of(service, words.code()));
                                               });
                                       });
                                   });
    const auto* service = city.find(model::ServiceKey{std::string{change.text("service")}});
    if (service == nullptr) return shared.failure(request, 404);
    return administration_page(
        request, shared, session, model::name_of(*service, shared.words_of(request).code()),
        [&](Content& main, const Words& words) {
            write_complaint(main, change.wrong_with(""));
            write_form(main, shared, words, {ChangeKind::service_name, {{"service", service->key.text()}}},
                       [&](Content& form) {
                           const Fields fields{form, change.wrong.empty() ? nullptr : &change};
                           for (const auto& language : city.languages)
                               fields.text("name-" + language, language_text(language, words),
                                           service->name.in(language, service->key.text()));
                       });
        },
        status);
}

// The whole model as one text; what is wrong with it stands above, by line and column.
http::Response text_form(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const ModelChange& change,
                         int status) {
    std::string text{change.text("text")};
    if (!change.has("text")) {
        const auto now = shared.editions->in_force();
        auto found = now ? shared.editions->text_of(now->entry.number)
                         : Result<std::string>{Error{Errc::not_found, ""}};
        if (!found) return shared.failure(request, 503);
        text = *std::move(found);
    }
    return administration_page(
        request, shared, session, shared.words_of(request)("The whole text"),
        [&](Content& main, const Words& words) {
            if (!change.wrong.empty()) {
                main.element<"div">({with<"class">("complaint"), with<"role">("alert"), with<"id">("wrong")},
                                    [&](Content& box) {
                                        box.element<"p">(words("The text is no model yet:"));
                                        box.element<"ul">({with<"lang">("en")}, [&](Content& list) {
                                            for (const auto& [field, what] : change.wrong)
                                                list.element<"li">(what);
                                        });
                                    });
            }
            write_form(main, shared, words, {ChangeKind::text, {}}, [&](Content& form) {
                form.element<"p">([&](Content& line) {
                    line.element<"label">({with<"for">("text")}, words("The model of the city, as text"));
                    line.element<"textarea">({with<"id">("text"), with<"name">("text"), with<"rows">("30"),
                                              with<"spellcheck">("false"), with<"class">("model"),
                                              when(!change.wrong.empty(), with<"aria-invalid">("true")),
                                              when(!change.wrong.empty(), with<"aria-describedby">("wrong"))},
                                             "\n" + text);
                });
            });
        },
        status);
}

}  // namespace

http::Response form_page(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const ModelChange& change,
                         int status) {
    switch (change.kind) {
        case ChangeKind::service_name:
            return service_form(request, shared, session, change, status);
        case ChangeKind::text:
            return text_form(request, shared, session, change, status);
        case ChangeKind::back:
            return shared.failure(request, 404);
        default:
            return site_forms(request, shared, session, change, status);
    }
}

}  // namespace balcao::web

// What a change of the model would do: what differs, who stands in its way, whose appointments would have no
// place; and publishing it.
#include "front/change_plan.hpp"
#include "model/print.hpp"
#include "web/administration.hpp"
#include "web/book_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t offers_each = 3;

using front::Planned;
using Drawn = std::variant<Planned, http::Response>;

front::ChangeRooms rooms_of(const Shared& shared) {
    return {shared.office, shared.bookings, *shared.editions};
}

// What would come of what was typed, or the form with what is wrong with it.
Drawn plan_of(const http::Request& request, const Shared& shared, const staff::Session& session) {
    auto change = front::change_in(request.form);
    if (!change) return shared.failure(request, 422);
    const auto based_on = number_of(request.form.text("based-on"));
    auto plan = front::plan_of(*std::move(change), based_on ? std::optional{based_on->value} : std::nullopt,
                               rooms_of(shared), shared.words_of(request));
    if (auto* planned = std::get_if<Planned>(&plan)) return std::move(*planned);
    const auto& none = std::get<front::NotPlanned>(plan);
    if (none.why == front::NoPlan::unavailable) return shared.failure(request, 503);
    if (none.change.kind == ChangeKind::back) return shared.failure(request, 404);
    return form_page(request, shared, session, none.change, 422);
}

void write_offers(Content& item, const Shared& shared, const Words& words, const booking::Clash& clash) {
    std::string offers;
    for (const auto& offer : clash.offers) {
        const auto& zone = shared.office.zone();
        offers += (offers.empty() ? "" : "; ") + moment_text(zone, offer.start, words);
    }
    item.empty<"br">();
    item.text(offers.empty() ? words("No other time is free at this site.")
                             : words("Free near it: {times}", {{"times", offers}}));
}

// People whose appointments would have no place.
bool write_clashes(Content& main, const Shared& shared, const Words& words, const Planned& planned) {
    const auto found = front::clashes_under(planned, rooms_of(shared), offers_each);
    if (!found) return false;
    const auto& clashes = *found;
    main.element<"h2">(words("Appointments that would have no place"));
    if (clashes.empty()) {
        main.element<"p">(words("None."));
        return true;
    }
    main.element<"p">(
        words("They stay, and nobody is sent away by this. After publishing, offer these people "
              "another time."));
    main.element<"ul">({with<"class">("clashes")}, [&](Content& list) {
        for (const auto& clash : clashes)
            list.element<"li">([&](Content& item) {
                item.text(line_of(clash.appointment, shared, words));
                write_offers(item, shared, words, clash);
            });
    });
    return true;
}

void write_meanwhile(Content& main, const Shared& shared, const Words& words, const Planned& planned) {
    if (!planned.is_behind() || planned.based_on == 0) return;
    main.element<"div">({with<"class">("complaint"), with<"role">("alert")}, [&](Content& box) {
        box.element<"p">(words("Somebody else has changed the model meanwhile."));
        for (const auto& entry : shared.editions->entries()) {
            if (entry.number <= planned.based_on) continue;
            box.element<"p">(words("Version {number}, {when}, {who}: {note}",
                                   {{"number", std::to_string(entry.number)},
                                    {"when", moment_text(shared.office.zone(), entry.at, words)},
                                    {"who", publisher(entry, shared, words)},
                                    {"note", entry.note}}));
        }
        const auto seen = shared.editions->model_of(planned.based_on);
        if (seen) write_sentences(box, words, model::differences(**seen, *planned.now.model));
    });
    if (planned.change.kind == ChangeKind::text)
        main.element<"p">(words("Your text does not have this yet: what differs below would undo it."));
}

// How many people wait now at the sites that change.
void write_concerned(Content& main, const Shared& shared, const Words& words, const Planned& planned) {
    for (const auto& one : front::concerned(planned, rooms_of(shared))) {
        const auto* site = planned.now.model->find(one.site);
        main.element<"p">(
            words("People who wait at {site} now: {count}. They keep their numbers and places.",
                  {{"count", std::to_string(one.waiting)}, {"site", model::name_of(*site, words.code())}}));
    }
}

void write_publish(Content& main,
                   const Words& words,
                   const Planned& planned,
                   const http::Request& request,
                   const std::string& wrong_note) {
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"administration", "publish"})),
         with<"class">("sheet")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "based-on", std::to_string(planned.now.entry.number));
            for (const auto& field : front::carried(planned.change))
                write_hidden(form, field.name, field.value);
            write_field(form, {"note", words("Why"), "text", request.form.text("note"), "off"});
            if (!wrong_note.empty()) form.element<"p">({with<"class">("wrong")}, wrong_note);
            form.element<"button">({with<"class">("main")}, words("Publish"));
        });
}

// What does not stand in the way, and should be known.
void write_warnings(Content& main, const std::vector<std::string>& warnings, const Words& words) {
    if (warnings.empty()) return;
    main.element<"h2">(words("What comes with it"));
    main.element<"ul">({with<"class">("warnings")}, [&](Content& list) {
        for (const auto& warning : warnings)
            list.element<"li">(warning);
    });
}

http::Response show(const http::Request& request,
                    const Shared& shared,
                    const staff::Session& session,
                    const Planned& planned,
                    std::optional<edition::Reason> refused = std::nullopt) {
    const auto ways = front::obstacles(planned, rooms_of(shared), shared.words_of(request));
    if (!ways) return shared.failure(request, 503);
    const auto differences = model::differences(*planned.now.model, *planned.model);
    const bool stands = ways->empty() && !differences.empty();
    const bool is_wrong = !stands || refused || planned.is_behind();
    return administration_page(
        request, shared, session, shared.words_of(request)("Before it is published"),
        [&](Content& main, const Words& words) {
            write_meanwhile(main, shared, words, planned);
            if (refused && *refused != edition::Reason::changed_meanwhile)
                write_complaint(main, front::refusal_text({*refused}, words));
            main.element<"h2">(words("What changes"));
            if (differences.empty())
                main.element<"p">(front::refusal_text({edition::Reason::same_as_now}, words));
            else
                write_sentences(main, words, differences);
            write_warnings(main, front::warnings_of(planned, words), words);
            if (!ways->empty()) {
                main.element<"div">({with<"class">("complaint"), with<"role">("alert")}, [&](Content& box) {
                    box.element<"p">(words("This cannot be published. What stands in the way:"));
                    box.element<"ul">([&](Content& list) {
                        for (const auto& way : *ways)
                            list.element<"li">(way);
                    });
                });
            }
            write_concerned(main, shared, words, planned);
            if (!differences.empty()) {
                auto again = carried(planned.change);
                again.push_back({"based-on", std::to_string(planned.based_on)});
                write_effect_of(main, shared, words, {planned.now.model, planned.model}, again);
            }
            const bool is_told = write_clashes(main, shared, words, planned);
            if (!is_told) write_complaint(main, front::refusal_text({edition::Reason::unavailable}, words));
            if (stands && is_told)
                write_publish(
                    main, words, planned, request,
                    refused == edition::Reason::note_missing ? front::refusal_text({*refused}, words) : "");
        },
        is_wrong ? 409 : 200);
}

}  // namespace

http::Response preview(const http::Request& request, const Shared& shared, const staff::Session& session) {
    auto plan = plan_of(request, shared, session);
    if (auto* response = std::get_if<http::Response>(&plan)) return std::move(*response);
    return show(request, shared, session, std::get<Planned>(plan));
}

http::Response publish(const http::Request& request, const Shared& shared, const staff::Session& session) {
    auto plan = plan_of(request, shared, session);
    if (auto* response = std::get_if<http::Response>(&plan)) return std::move(*response);
    const auto& planned = std::get<Planned>(plan);
    const Words words = shared.words_of(request);
    const auto published = front::publish(
        planned, {session.account.text(), std::string{request.form.text("note")}, form_key(request)},
        rooms_of(shared), shared.adopt, words);
    if (std::holds_alternative<front::InTheWay>(published)) return show(request, shared, session, planned);
    if (const auto* refusal = std::get_if<edition::Refusal>(&published))
        return refusal->reason == edition::Reason::unavailable
                   ? shared.failure(request, 503)
                   : show(request, shared, session, planned, refusal->reason);
    return http::Response::redirect(url(words, {"administration"}, {{"published", "yes"}}).text());
}

}  // namespace balcao::web

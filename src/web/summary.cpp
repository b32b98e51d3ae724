// What was done at a double screen, for paper: each step as it was confirmed, by whom, when and under which
// hash, what was stopped and who looked; and the receipt, by which an outsider sees that it is in the log.
#include "front/assist_words.hpp"
#include "front/moment.hpp"
#include "web/forms.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

class Paper {
public:
    Paper(const Shared& shared, const Words& words, const assist::Summary& summary)
        : shared_{shared}, words_{words}, summary_{summary}, outline_{summary.view.outline} {}

    void write(Content& main) const {
        if (outline_.purpose == assist::Purpose::practice)
            main.element<"p">({with<"class">("practice")},
                              words_("This was practice: nothing was sent to anybody."));
        write_facts(main);
        for (const auto& step : summary_.view.steps)
            if (step.progress == assist::Progress::confirmed) write_step(main, step);
        write_what_else(main);
        write_proof(main);
    }

private:
    [[nodiscard]] std::string moment(Instant at) const {
        return front::moment_text(shared_.office.zone(), at, words_);
    }

    void write_facts(Content& main) const {
        const auto& city = shared_.office.model();
        const auto* site = city.find(outline_.site);
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words_("State"), front::state_text(outline_.state, words_));
            write_fact(facts, words_("Place"),
                       site == nullptr ? outline_.site.text() : model::name_of(*site, words_.code()));
            write_fact(facts, words_("Begun"), moment(outline_.opened));
            const auto number = case_of(shared_, outline_.session);
            if (number) write_fact(facts, words_("Number of the request"), to_text(*number));
            write_fact(facts, words_("Session"), outline_.session.text());
        });
    }

    void write_step(Content& main, const assist::StepSeen& step) const {
        main.element<"section">({with<"class">("confirmed")}, [&](Content& part) {
            part.element<"h2">(step.sheet ? step.sheet->title
                                          : front::step_title(step.step, shared_.office.model(), words_));
            part.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
                if (step.sheet)
                    for (const auto& field : step.sheet->fields)
                        write_fact(facts, field.label, field.value);
                write_fact(facts, words_("Done"), front::doer_text(step.doer, words_));
                write_fact(facts, words_("Confirmed"),
                           moment(step.confirmed) + (step.proxy ? ", " + step.proxy->name : ""));
            });
            if (step.sheet)
                for (const auto& consent : step.sheet->consents)
                    part.element<"p">(consent.words);
            part.element<"p">({with<"class">("hash")}, [&](Content& line) {
                line.text("SHA-256 " + step.hash);
                if (step.sheet) line.text(" · " + words_("salt") + " " + step.sheet->salt);
            });
        });
    }

    // Whoever was there, stopped it, or looked.
    void write_what_else(Content& main) const {
        main.element<"h2">(words_("What else happened"));
        main.element<"ul">([&](Content& list) {
            for (const auto& screen : summary_.screens)
                list.element<"li">(moment(screen.since) + ": " +
                                   (screen.kind == assist::ScreenKind::own
                                        ? words_("the citizen's own screen joined")
                                        : words_("a screen of the place joined")));
            for (const auto& dispute : summary_.view.disputes) {
                list.element<"li">(moment(dispute.since) + ": " +
                                   words_("stopped by the citizen: {why}",
                                          {{"why", front::reason_text(dispute.why, words_)}}) +
                                   (dispute.words.empty() ? "" : " “" + dispute.words + "”"));
                if (dispute.lifted)
                    list.element<"li">(moment(*dispute.lifted) + ": " + words_("the citizen went on"));
            }
            for (const auto& glass : summary_.view.glass)
                list.element<"li">(moment(glass.at) + ": " +
                                   words_("two people opened it without the citizen"));
        });
    }

    void write_proof(Content& main) const {
        main.element<"h2">(words_("Proof"));
        main.element<"p">(
            words_("The journal of the city holds {count} events of this session, under {stream}.",
                   {{"count", std::to_string(summary_.events.size())}, {"stream", summary_.stream}}));
        main.element<"p">(words_(
            "The hash of each step is of all that stood on the screen, so that what is on this paper can "
            "be checked by anybody; the receipt proves that it is in the log."));
    }

    const Shared& shared_;
    const Words& words_;
    const assist::Summary& summary_;
    const assist::Outline& outline_;
};

http::Response summary_page(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    const auto found = shared.sessions->summary(seat.call());
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return refused_at(request, shared, seat, *refusal);
    const auto& summary = std::get<assist::Summary>(found);
    const std::string name = front::subject_name(summary.view.outline.subject, shared.office.model(), words);
    const Frame frame{.words = words,
                      .title = words("What was done: {what}", {{"what", name}}),
                      .path = seat.path() + "/summary"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"div">({with<"class">("paper")}, [&](Content& paper) {
            paper.element<"p">({with<"class">("who")}, [&](Content& line) {
                line.element<"a">({with<"href">(seat.url(words))}, words("Back"));
            });
            paper.element<"h1">(frame.title);
            paper.element<"button">({with<"type">("button"), with<"data-print-page">(""), with<"hidden">()},
                                    words("Print"));
            Paper{shared, words, summary}.write(paper);
            if (shared.proofs.session_receipt)
                paper.element<"p">([&](Content& line) {
                    line.element<"a">({with<"href">(seat.url(words, "receipt"))},
                                      words("The receipt, as a file"));
                });
        });
    }));
}

http::Response session_receipt(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    const auto found = shared.sessions->summary(seat.call());
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return refused_at(request, shared, seat, *refusal);
    const auto json = shared.proofs.session_receipt(seat.session);
    if (!json && json.error().code == Errc::conflict) {
        auto response = shared.failure(
            words, 503, words("The receipt is made within seconds of what happened. Try again in a moment."));
        response.headers.set("Retry-After", "2");
        return response;
    }
    if (!json) return shared.failure(request, json.error().code == Errc::not_found ? 404 : 503);
    auto response = http::Response::json(*json);
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"receipt-session-" + seat.session.text() + ".json\"");
    return response;
}

}  // namespace

void add_summary_routes(http::Router& router, Shared& shared) {
    add_seat_page(router, shared, For::both, "summary", summary_page);
    if (shared.proofs.session_receipt) add_seat_page(router, shared, For::both, "receipt", session_receipt);
}

}  // namespace balcao::web

// A service as the catalogue has it: who answers for it, what it costs, takes and asks for, for whom it is
// otherwise, who cannot have it, to which life events it belongs, where it is had soonest, and where all of
// that comes from.
#include <algorithm>

#include "front/life_event.hpp"
#include "web/forms.hpp"
#include "web/outcomes.hpp"
#include "web/service_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

class ServicePage {
public:
    ServicePage(const Shared& shared, const Words& words, const model::Service& service)
        : shared_{shared}, words_{words}, city_{shared.office.model()}, service_{service} {}

    void write(Content& main) const {
        main.element<"h1">(model::name_of(service_, words_.code()));
        if (service_.entity)
            main.element<"p">({with<"class">("quiet")},
                              model::name_of(*city_.find(*service_.entity), words_.code()));
        if (const std::string about = service_.about.in(words_.code(), ""); !about.empty())
            main.element<"p">(about);
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) { write_facts(facts); });
        write_refused(main);
        main.element<"h2">(words_("Where it can be had"));
        write_places(main, shared_, words_, {service_.key, shared_.now().date});
        write_kin(main);
        write_sources(main);
    }

private:
    template <class Fill>
    static void write_fact(Content& facts, const std::string& name, Fill&& fill) {
        facts.element<"dt">(name);
        facts.element<"dd">(std::forward<Fill>(fill));
    }

    void write_facts(Content& facts) const {
        if (service_.fee.all || !service_.fee.by_channel.empty())
            write_fact(facts, words_("Fee"),
                       [&](Content& value) { write_fee(value, service_.fee, service_, words_); });
        if (service_.takes)
            write_fact(facts, words_("How long it takes"), [&](Content& value) {
                write_marked(value, front::term_text(*service_.takes, words_),
                             mark_of(service_.source_of("takes"), words_));
            });
        if (const auto really = really_text(shared_, service_.key, words_); !really.empty())
            write_fact(facts, words_("How long it really took"), [&](Content& value) {
                value.element<"a">({with<"href">(url(words_, {"outcomes"}))}, really);
            });
        if (!service_.terms.empty())
            write_fact(facts, words_("For some people"), [&](Content& value) { write_terms(value); });
        if (service_.documents.empty()) return;
        write_fact(facts, words_("Bring"), [&](Content& value) {
            value.element<"ul">({with<"class">("places")}, [&](Content& list) {
                for (const auto& required : service_.documents)
                    list.element<"li">([&](Content& item) { write_document(item, required); });
            });
        });
    }

    void write_terms(Content& value) const {
        value.element<"ul">({with<"class">("places")}, [&](Content& list) {
            for (const auto& line : service_.terms) {
                std::string said = line.fee ? fee_text(*line.fee, words_) : "";
                if (line.takes) said += (said.empty() ? "" : " · ") + front::term_text(*line.takes, words_);
                list.element<"li">([&](Content& item) {
                    item.element<"span">({with<"class">("quiet")}, when_text(line.when, city_, words_));
                    item.text(": ");
                    write_marked(item, said, mark_of(service_.source_of("terms"), words_));
                });
            }
        });
    }

    void write_document(Content& item, const model::RequiredDocument& required) const {
        write_marked(item, document_text(*city_.find(required.document), city_, words_),
                     mark_of(service_.source_of("documents"), words_));
        if (!required.when.empty())
            item.text(" ").element<"span">({with<"class">("quiet")},
                                           "(" + when_text(required.when, city_, words_) + ")");
    }

    void write_refused(Content& main) const {
        if (service_.refused.empty()) return;
        main.element<"h2">(words_("Who cannot ask for it"));
        main.element<"ul">([&](Content& list) {
            for (const auto& line : service_.refused)
                list.element<"li">([&](Content& item) {
                    item.element<"span">({with<"class">("quiet")}, when_text(line.when, city_, words_));
                    item.text(": " + line.because.in(words_.code(), ""));
                });
        });
    }

    // The service of which it is a form, its forms, and the life events to which it belongs.
    void write_kin(Content& main) const {
        std::vector<std::pair<html::Url, std::string>> kin;
        const auto add = [&](const model::Service& other) {
            kin.emplace_back(service_url(words_, other.key), model::name_of(other, words_.code()));
        };
        if (service_.specialises) add(*city_.find(*service_.specialises));
        for (const auto& other : city_.services)
            if (other.specialises == service_.key) add(other);
        for (const auto& event : city_.life_events)
            if (event.find(service_.key) != nullptr)
                kin.emplace_back(
                    url(words_, {"events", event.key.text()}),
                    words_("What happened: {event}", {{"event", model::name_of(event, words_.code())}}));
        if (kin.empty()) return;
        main.element<"h2">(words_("Belongs together"));
        main.element<"ul">([&](Content& list) {
            for (const auto& one : kin)
                list.element<"li">(
                    [&](Content& item) { item.element<"a">({with<"href">(one.first)}, one.second); });
        });
    }

    void write_sources(Content& main) const {
        std::vector<const model::Source*> sources;
        const auto add = [&](const std::string& key) {
            const auto found = std::ranges::find(city_.sources, key, &model::Source::key);
            if (found != city_.sources.end() && std::ranges::count(sources, &*found) == 0)
                sources.push_back(&*found);
        };
        add(service_.source);
        for (const auto& of : service_.field_sources)
            add(of.source);
        if (sources.empty()) return;
        main.element<"h2">(words_("Where this comes from"));
        main.element<"ul">([&](Content& list) {
            for (const auto* source : sources)
                list.element<"li">([&](Content& item) {
                    const auto to = html::Url::web(source->url);
                    if (to)
                        item.element<"a">({with<"href">(*to), with<"rel">("noreferrer noopener")},
                                          source->title);
                    else
                        item.text(source->title);
                });
        });
    }

    const Shared& shared_;
    const Words& words_;
    const model::Model& city_;
    const model::Service& service_;
};

http::Response service_page(const http::Request& request, const Shared& shared) {
    const auto* service =
        shared.office.model().find(model::ServiceKey{std::string{request.parameters.text("service")}});
    if (service == nullptr) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    const Frame frame{.words = words,
                      .title = model::name_of(*service, words.code()),
                      .path = "/services/" + service->key.text()};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        ServicePage{shared, words, *service}.write(main);
    }));
}

}  // namespace

void add_service_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/services/{service}", on_worker(shared, service_page));
}

}  // namespace balcao::web

#include "web/event_plan.hpp"

#include <algorithm>

#include "front/life_event.hpp"
#include "front/moment.hpp"
#include "front/places.hpp"
#include "model/sentence.hpp"
#include "web/waits.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using front::day_text;
using front::How;
using front::ServicePlace;
using html::Content;
using html::with;

constexpr std::size_t places_shown = 3;  // the others open when they are asked for

class PlanWriter {
public:
    PlanWriter(const Shared& shared,
               const Words& words,
               const model::LifeEvent& event,
               const rules::Conversation& conversation)
        : shared_{shared},
          words_{words},
          city_{shared.office.model()},
          event_{event},
          conversation_{conversation},
          today_{shared.now().date} {}

    void write(Content& main) const {
        const auto& services = conversation_.plan.services;
        if (services.empty()) {
            main.element<"p">({with<"role">("status")}, words_("By these answers there is nothing to do."));
            return;
        }
        if (conversation_.plan.is_too_few)
            main.element<"p">({with<"class">("told")},
                              words_("These are single services: ask for each on its own."));
        main.element<"h2">(words_("What to do, in this order"));
        main.element<"ol">({with<"class">("plan")}, [&](Content& list) {
            for (const auto& planned : services)
                if (!planned.refused)
                    list.element<"li">([&](Content& item) { write_service(item, planned); });
        });
        write_refused(main);
        write_documents(main);
        write_fees(main);
    }

private:
    [[nodiscard]] std::string name_of(const model::ServiceKey& key) const {
        return model::name_of(*city_.find(key), words_.code());
    }

    void write_service(Content& item, const rules::PlannedService& planned) const {
        const model::Service& service = *city_.find(planned.service);
        item.element<"h3">(model::name_of(service, words_.code()));
        if (service.entity)
            item.element<"p">({with<"class">("quiet")},
                              model::name_of(*city_.find(*service.entity), words_.code()));
        write_why(item, planned);
        for (const auto& before : planned.waits_for)
            item.element<"p">(before.why == rules::WaitsFor::order
                                  ? words_("Only once this is concluded: {service}.",
                                           {{"service", name_of(before.service)}})
                                  : words_("Not in the same sitting as this, but after it: {service}.",
                                           {{"service", name_of(before.service)}}));
        item.element<"dl">({with<"class">("facts")}, [&](Content& facts) { write_facts(facts, planned); });
        write_places(item, planned);
    }

    void write_why(Content& item, const rules::PlannedService& planned) const {
        const std::string said = event_.find(planned.service)->because.in(words_.code(), "");
        if (!said.empty()) {
            item.element<"p">(said);
            return;
        }
        std::vector<std::string> answers;
        for (const auto& key : planned.because)
            if (const auto answer = conversation_.answers.find(key); answer != conversation_.answers.end())
                answers.push_back(front::answer_text(*city_.find(key), answer->second, words_));
        if (!answers.empty())
            item.element<"p">(words_("Because you said: {answers}.",
                                     {{"answers", model::listed_in(words_.code(), answers)}}));
    }

    static void write_fact(Content& facts, const std::string& name, const std::string& value) {
        facts.element<"dt">(name);
        facts.element<"dd">(value);
    }

    void write_facts(Content& facts, const rules::PlannedService& planned) const {
        if (planned.by) write_fact(facts, words_("Ask for it by"), day_text(*planned.by, words_));
        if (!planned.documents.empty())
            write_fact(facts, words_("Bring"), listed_documents(planned.documents));
        if (const std::string fee = fee_text(planned.quote.fee); !fee.empty())
            write_fact(facts, words_("Fee"), fee);
        if (!planned.quote.takes) return;
        const std::string takes = front::term_text(*planned.quote.takes, words_);
        write_fact(facts, words_("How long it takes"),
                   !planned.ends || planned.quote.takes->days == 0 ? takes
                   : planned.begins > today_
                       ? words_("{takes}: if you ask for it on {begins}, by {ends}",
                                {{"takes", takes},
                                 {"begins", day_text(planned.begins, words_)},
                                 {"ends", day_text(*planned.ends, words_)}})
                       : words_("{takes}: if you ask for it today, by {ends}",
                                {{"takes", takes}, {"ends", day_text(*planned.ends, words_)}}));
    }

    [[nodiscard]] std::string document_text(const model::DocumentKey& key) const {
        const model::Document& document = *city_.find(key);
        const std::string name = model::name_of(document, words_.code());
        if (!document.held_by) return name;
        return words_(
            "{document} ({entity} has it already)",
            {{"document", name}, {"entity", model::name_of(*city_.find(*document.held_by), words_.code())}});
    }

    [[nodiscard]] std::string listed_documents(const std::vector<model::DocumentKey>& documents) const {
        std::vector<std::string> names;
        for (const auto& key : documents)
            names.push_back(document_text(key));
        return model::listed_in(words_.code(), names);
    }

    // "30.00 €", or "At the counter: 18.00 € · Online: 16.20 €"; empty where nothing is said of money.
    [[nodiscard]] std::string fee_text(const model::PerChannel<Money>& fee) const {
        std::string text;
        for (const auto& [channel, amount] : fee.by_channel)
            text += (text.empty() ? "" : " · ") + channel_text(channel, words_) + ": " +
                    front::money_text(amount, words_);
        if (!fee.all) return text;
        return text.empty() ? front::money_text(*fee.all, words_)
                            : text + " · " +
                                  words_("elsewhere: {fee}", {{"fee", front::money_text(*fee.all, words_)}});
    }

    void write_places(Content& item, const rules::PlannedService& planned) const {
        const auto places = front::places_of(planned.service,
                                             {.office = shared_.office,
                                              .bookings = shared_.bookings,
                                              .foresight = shared_.foresight,
                                              .gives_appointments = shared_.writes_letters(),
                                              .now = shared_.clock.now()},
                                             planned.begins);
        if (!places) {
            item.element<"p">(words_("Where it can be had cannot be said right now. Try again in a moment."));
            return;
        }
        if (places->empty()) return;
        const auto first_places = std::min(places->size(), places_shown);
        const auto list = [&](Content& into, std::size_t from, std::size_t to) {
            into.element<"ul">({with<"class">("places")}, [&](Content& all) {
                for (std::size_t at = from; at < to; ++at)
                    all.element<"li">([&](Content& line) { write_place(line, planned, (*places)[at]); });
            });
        };
        item.element<"p">({with<"class">("quiet")}, words_("Soonest:"));
        list(item, 0, first_places);
        if (first_places < places->size())
            item.element<"details">([&](Content& more) {
                more.element<"summary">(words_("{count} other places and ways",
                                               {{"count", std::to_string(places->size() - first_places)}}));
                list(more, first_places, places->size());
            });
    }

    void write_place(Content& line, const rules::PlannedService& planned, const ServicePlace& place) const {
        const std::string site = model::name_of(*city_.find(place.site), words_.code());
        if (place.how == How::ticket)
            line.element<"a">({with<"href">(url(words_, {"sites", place.site.text()},
                                                {{"service", planned.service.text()}}))},
                              words_("With a ticket: {site}", {{"site", site}}));
        else if (place.how == How::appointment)
            line.element<"a">({with<"href">(url(words_, {"sites", place.site.text(), "book"},
                                                {{"service", planned.service.text()},
                                                 {"channel", place.channel.text()},
                                                 {"from", format_date(planned.begins)}}))},
                              appointment_at(place, site));
        else
            line.text(channel_text(place.channel, words_) + ": " + site);
        line.text(" · ").element<"strong">(when_text(planned, place));
    }

    [[nodiscard]] std::string appointment_at(const ServicePlace& place, const std::string& site) const {
        if (place.channel.text() == "phone")
            return words_("An appointment by telephone: {site}", {{"site", site}});
        if (place.channel.text() == "video")
            return words_("An appointment by video: {site}", {{"site", site}});
        return words_("With an appointment: {site}", {{"site", site}});
    }

    [[nodiscard]] std::string when_text(const rules::PlannedService& planned,
                                        const ServicePlace& place) const {
        if (!place.is_open)
            return place.how == How::appointment
                       ? front::moment_text(shared_.office.zone(), *place.at, words_)
                       : words_("opens {moment}",
                                {{"moment", front::moment_text(shared_.office.zone(), *place.at, words_)}});
        const std::string wait =
            place.how == How::ticket ? wait_of_service(shared_, words_, place.site, planned.service) : "";
        return wait.empty() ? words_("open now") : words_("open now, wait {wait}", {{"wait", wait}});
    }

    void write_refused(Content& main) const {
        const auto& services = conversation_.plan.services;
        if (std::ranges::none_of(services, [](const auto& planned) { return planned.refused.has_value(); }))
            return;
        main.element<"h2">(words_("What you cannot ask for"));
        main.element<"ul">([&](Content& list) {
            for (const auto& planned : services) {
                if (!planned.refused) continue;
                const auto& reasons = city_.find(planned.service)->refused;
                list.element<"li">([&](Content& item) {
                    item.element<"strong">(name_of(planned.service));
                    item.text(": " + reasons[*planned.refused].because.in(words_.code(), ""));
                });
            }
        });
    }

    void write_documents(Content& main) const {
        const auto documents = rules::documents_of(conversation_.plan);
        if (documents.empty()) return;
        main.element<"h2">(words_("What to bring"));
        main.element<"ul">([&](Content& list) {
            for (const auto& key : documents)
                list.element<"li">(document_text(key));
        });
    }

    void write_fees(Content& main) const {
        std::vector<model::ChannelKey> channels;
        int charged = 0;
        for (const auto& planned : conversation_.plan.services) {
            const auto& fee = planned.quote.fee;
            if (planned.refused || (!fee.all && fee.by_channel.empty())) continue;
            ++charged;
            for (const auto& one : fee.by_channel)
                if (std::ranges::count(channels, one.first) == 0) channels.push_back(one.first);
        }
        if (charged < 2) return;  // the one fee stands beside its service
        std::vector<std::string> lines;
        const auto add = [&](const model::ChannelKey& channel, const std::string& by) {
            if (const auto total = rules::total_by(conversation_.plan, channel))
                lines.push_back(by + front::money_text(*total, words_));
        };
        for (const auto& channel : channels)
            add(channel, channel_text(channel, words_) + ": ");
        if (channels.empty()) add(model::ChannelKey{"counter"}, "");  // the same by all
        if (lines.empty()) return;
        main.element<"h2">(words_("What it costs together"));
        main.element<"ul">([&](Content& list) {
            for (const auto& line : lines)
                list.element<"li">(line);
        });
    }

    const Shared& shared_;
    const Words& words_;
    const model::Model& city_;
    const model::LifeEvent& event_;
    const rules::Conversation& conversation_;
    Date today_;
};

}  // namespace

void write_plan(Content& main,
                const Shared& shared,
                const Words& words,
                const model::LifeEvent& event,
                const rules::Conversation& conversation) {
    PlanWriter{shared, words, event, conversation}.write(main);
}

}  // namespace balcao::web

#include "web/event_plan.hpp"

#include <algorithm>

#include "front/life_event.hpp"
#include "front/moment.hpp"
#include "model/sentence.hpp"
#include "web/service_words.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using front::day_text;
using html::Content;
using html::with;

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
        item.element<"h3">([&](Content& heading) {
            heading.element<"a">({with<"href">(service_url(words_, service.key))},
                                 model::name_of(service, words_.code()));
        });
        if (service.entity)
            item.element<"p">({with<"class">("quiet")},
                              model::name_of(*city_.find(*service.entity), words_.code()));
        write_why(item, planned);
        if (const auto told = front::informs_text(*event_.find(planned.service), city_, words_);
            !told.empty())
            item.element<"p">({with<"class">("informs")}, told);
        for (const auto& before : planned.waits_for)
            item.element<"p">(before.why == rules::WaitsFor::order
                                  ? words_("Only once this is concluded: {service}.",
                                           {{"service", name_of(before.service)}})
                                  : words_("Not in the same sitting as this, but after it: {service}.",
                                           {{"service", name_of(before.service)}}));
        item.element<"dl">({with<"class">("facts")}, [&](Content& facts) { write_facts(facts, planned); });
        write_places(item, shared_, words_, {planned.service, planned.begins});
    }

    // Of several answers those for which a condition holds.
    static rules::Answer deciding(rules::Answer answer, const model::Condition& condition) {
        std::erase_if(answer.chosen, [&](const model::AnswerKey& one) {
            return std::ranges::count(condition.answers, one) == 0;
        });
        return answer;
    }

    void write_why(Content& item, const rules::PlannedService& planned) const {
        const std::string said = event_.find(planned.service)->because.in(words_.code(), "");
        if (!said.empty()) {
            item.element<"p">(said);
            return;
        }
        std::vector<std::string> answers;
        for (const model::Condition& condition : event_.find(planned.service)->when)
            if (const auto answer = conversation_.answers.find(condition.fact);
                answer != conversation_.answers.end())
                answers.push_back(front::answer_text(*city_.find(condition.fact),
                                                     deciding(answer->second, condition), words_));
        if (!answers.empty())
            item.element<"p">(words_("Because you said: {answers}.",
                                     {{"answers", model::listed_in(words_.code(), answers)}}));
    }

    template <class Fill>
    static void write_fact(Content& facts, const std::string& name, Fill&& fill) {
        facts.element<"dt">(name);
        facts.element<"dd">(std::forward<Fill>(fill));
    }

    void write_facts(Content& facts, const rules::PlannedService& planned) const {
        const model::Service& service = *city_.find(planned.service);
        if (planned.by) write_fact(facts, words_("Ask for it by"), day_text(*planned.by, words_));
        if (!planned.documents.empty())
            write_fact(facts, words_("Bring"), [&](Content& value) {
                write_marked(value, listed_documents(planned.documents),
                             mark_of(service.source_of("documents"), words_));
            });
        if (const auto& fee = planned.quote.fee; fee.all || !fee.by_channel.empty())
            write_fact(facts, words_("Fee"), [&](Content& value) { write_fee(value, fee, service, words_); });
        if (planned.quote.takes)
            write_fact(facts, words_("How long it takes"), [&](Content& value) {
                write_marked(value, takes_text(planned), mark_of(service.source_of("takes"), words_));
            });
    }

    [[nodiscard]] std::string takes_text(const rules::PlannedService& planned) const {
        const std::string takes = front::term_text(*planned.quote.takes, words_);
        if (!planned.ends || planned.quote.takes->days == 0) return takes;
        const std::string ends = day_text(*planned.ends, words_);
        if (planned.begins <= today_)
            return words_("{takes}: if you ask for it today, by {ends}", {{"takes", takes}, {"ends", ends}});
        return words_("{takes}: if you ask for it on {begins}, by {ends}",
                      {{"takes", takes}, {"begins", day_text(planned.begins, words_)}, {"ends", ends}});
    }

    [[nodiscard]] std::string listed_documents(const std::vector<model::DocumentKey>& documents) const {
        std::vector<std::string> names;
        for (const auto& key : documents)
            names.push_back(document_text(*city_.find(key), city_, words_));
        return model::listed_in(words_.code(), names);
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
                list.element<"li">(document_text(*city_.find(key), city_, words_));
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

// Checks of what the city promises of all that it publishes. Each is a warning: a draft that does not keep a
// promise can be read, simulated and compared, and whoever publishes it reads what it does not keep.
#include <algorithm>
#include <array>
#include <set>

#include "model/check.hpp"
#include "model/serving.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

const ChannelKey at_counter{"counter"};
const ChannelKey at_spot{"spot"};

// The language by its name, for people; another one than those of Balcão by its code.
Named language_named(const std::string& code) {
    static const std::array<std::pair<const char*, LocalText>, 3> known{
        {{"pt", {{{"pt", "português"}, {"en", "Portuguese"}, {"es", "portugués"}}}},
         {"en", {{{"pt", "inglês"}, {"en", "English"}, {"es", "inglés"}}}},
         {"es", {{{"pt", "espanhol"}, {"en", "Spanish"}, {"es", "español"}}}}}};
    for (const auto& [language, name] : known)
        if (code == language) return {code, name};
    return {code, {}};
}

class PublishingCheck {
public:
    explicit PublishingCheck(const CheckedModel& checked) : checked_{checked}, model_{checked.model} {}

    void check() const {
        for (const PublishingRule rule : model_.publishing)
            switch (rule) {
                case PublishingRule::spot_below_counter:
                    check_spots();
                    break;
                case PublishingRule::simple_is_free:
                    check_simple();
                    break;
                case PublishingRule::every_language:
                    check_languages();
                    break;
                case PublishingRule::offline_way:
                    check_offline();
                    break;
            }
    }

private:
    void warn(const Path& path, Sentence what) const {
        checked_.remarks.warning(checked_.places.value(path), std::move(what));
    }

    // By the counter, at a spot: where some site does so.
    [[nodiscard]] bool is_served(const Service& service, const ChannelKey& channel) const {
        return std::ranges::any_of(model_.sites,
                                   [&](const Site& site) { return serves(site, service, channel); });
    }

    void check_spots() const {
        for (const Service& service : model_.services) {
            const Path path{"services", service.key.text()};
            const bool is_at_both = is_served(service, at_spot) && is_served(service, at_counter);
            const auto check = [&](const PerChannel<Money>& fee, const Path& place) {
                if (is_at_both || !fee.all) check_fee(service, fee, place);
            };
            check(service.fee, below(path, "fee"));
            for (std::size_t i = 0; i < service.terms.size(); ++i)
                if (service.terms[i].fee)
                    check(*service.terms[i].fee,
                          below(below(below(path, "terms"), std::to_string(i)), "fee"));
        }
    }

    void check_fee(const Service& service, const PerChannel<Money>& fee, const Path& path) const {
        const Money* counter = fee.find(at_counter);
        const Money* spot = fee.find(at_spot);
        if (counter == nullptr || spot == nullptr || counter->cents == 0 || spot->cents < counter->cents)
            return;
        warn(path, Sentence("{service} costs {spot} at a spot and {counter} at the counter: expected less at "
                            "the spot",
                            {{"service", std::vector{Named::of(service)}},
                             {"spot", format_money(*spot)},
                             {"counter", format_money(*counter)}}));
    }

    void check_simple() const {
        for (const Service& service : model_.services) {
            if (!service.simple) continue;
            const Path path{"services", service.key.text()};
            check_free(service, service.fee, below(path, "fee"));
            for (std::size_t i = 0; i < service.terms.size(); ++i)
                if (service.terms[i].fee)
                    check_free(service, *service.terms[i].fee,
                               below(below(below(path, "terms"), std::to_string(i)), "fee"));
        }
    }

    void check_free(const Service& service, const PerChannel<Money>& fee, const Path& path) const {
        Money most = fee.all.value_or(Money{});
        for (const auto& [channel, amount] : fee.by_channel)
            if (amount.cents > most.cents) most = amount;
        if (most.cents == 0) return;
        warn(path, Sentence("{service} is a simple service and costs {fee}: expected nothing",
                            {{"service", std::vector{Named::of(service)}}, {"fee", format_money(most)}}));
    }

    void check_offline() const {
        static const std::set<std::string> web{"online", "chat", "email", "video"};
        std::set<ChannelKey> channels{at_counter};
        for (const Site& site : model_.sites)
            for (const DeskGroup& desk : site.desks)
                for (const ChannelKey& channel : desk.channels)
                    if (!web.contains(channel.text())) channels.insert(channel);
        for (const Service& service : model_.services) {
            const auto serves_by = [&](const ChannelKey& channel) { return is_served(service, channel); };
            if (std::ranges::any_of(channels, serves_by)) continue;
            checked_.remarks.warning(
                checked_.places.key({"services", service.key.text()}),
                Sentence("{service} is not to be had without the web: expected a counter, a spot or a "
                         "telephone that serves it",
                         {{"service", std::vector{Named::of(service)}}}));
        }
    }

    void check_languages() const {
        check_text(model_.name, {"name"});
        check_text(model_.about, {"about"});
        check_text(model_.interpreters.name, {"interpreters", "name"});
        check_names("entities", model_.entities);
        check_names("documents", model_.documents);
        check_names("details", model_.details);
        check_names("services", model_.services);
        check_names("life_events", model_.life_events);
        check_names("sites", model_.sites);
        for (const Fact& fact : model_.facts)
            check_fact(fact, {"facts", fact.key.text()});
        for (const Detail& detail : model_.details)
            check_text(detail.help, {"details", detail.key.text(), "help"});
        for (const Service& service : model_.services)
            check_texts_of(service, {"services", service.key.text()});
        for (const LifeEvent& event : model_.life_events)
            check_texts_of(event, {"life_events", event.key.text()});
        for (const Site& site : model_.sites)
            for (const DeskGroup& desk : site.desks)
                check_text(desk.name, {"sites", site.key.text(), "desks", desk.key.text(), "name"});
    }

    // People read the name of each.
    template <class Things>
    void check_names(const char* kind, const Things& things) const {
        for (const auto& thing : things) {
            const Path path{kind, thing.key.text()};
            check_text(thing.name, below(path, "name"));
            if (!thing.name.empty()) continue;
            checked_.remarks.warning(
                checked_.places.key(path),
                Sentence("{thing} has no name for people", {{"thing", std::vector{Named::of(thing)}}}));
        }
    }

    void check_fact(const Fact& fact, const Path& path) const {
        check_text(fact.ask, below(path, "ask"));
        check_text(fact.help, below(path, "help"));
        for (const FactAnswer& answer : fact.answers)
            check_text(answer.name, below(below(path, "answers"), answer.key.text()));
    }

    void check_texts_of(const Service& service, const Path& path) const {
        check_text(service.about, below(path, "about"));
        for (std::size_t i = 0; i < service.refused.size(); ++i)
            check_text(service.refused[i].because,
                       below(below(below(path, "refused"), std::to_string(i)), "because"));
    }

    void check_texts_of(const LifeEvent& event, const Path& path) const {
        check_text(event.about, below(path, "about"));
        for (std::size_t i = 0; i < event.steps.size(); ++i) {
            const Path step = below(below(path, "services"), std::to_string(i));
            check_text(event.steps[i].because, below(below(step, event.steps[i].service.text()), "because"));
        }
    }

    // A plain text is the same in every language.
    void check_text(const LocalText& text, const Path& path) const {
        if (text.empty() || text.texts.front().first.empty()) return;
        std::vector<Named> missing;
        for (const std::string& language : model_.languages)
            if (std::ranges::find(text.texts, language, &std::pair<std::string, std::string>::first) ==
                text.texts.end())
                missing.push_back(language_named(language));
        if (missing.empty()) return;
        warn(path, Sentence("“{text}” is not said in {languages}",
                            {{"text", text.texts.front().second}, {"languages", std::move(missing)}}));
    }

    static Path below(Path path, std::string part) {
        path.push_back(std::move(part));
        return path;
    }

    const CheckedModel& checked_;
    const Model& model_;
};

}  // namespace

void check_publishing(const CheckedModel& checked) { PublishingCheck{checked}.check(); }

}  // namespace balcao::model

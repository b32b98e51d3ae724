// Service situations beside a model.
#include <algorithm>

#include <fmt/format.h>

#include "model/readers.hpp"
#include "model/situation.hpp"
#include "model/tree.hpp"

namespace balcao::model {
namespace {

template <class Things>
std::vector<std::string> names_of(const Things& things) {
    std::vector<std::string> names;
    names.reserve(things.size());
    for (const auto& thing : things)
        names.push_back(thing.key.text());
    return names;
}

// The text after "at most ".
std::optional<Yaml> after_at_most(const Context& context, const Yaml& node, std::string_view example) {
    constexpr std::string_view words = "at most ";
    if (node.is_scalar() && node.scalar.starts_with(words))
        return Yaml::of_scalar(node.scalar.substr(words.size()), node.mark);
    expected(context, node, example);
    return std::nullopt;
}

class SituationReader {
public:
    SituationReader(const Context& context, const Model& model) : context_{context}, model_{model} {}

    [[nodiscard]] Situation read(const Yaml& root) const {
        Situation situation;
        const Fields fields{context_, root, "situation"};
        if (const Yaml* about = fields.find("about")) situation.about = read_text(context_, *about);
        if (const Yaml* person = fields.find("person")) read_person(*person, situation);
        if (const Yaml* must = fields.find("must")) {
            const auto& items =
                items_of(context_, *must, "a list such as [{served: true}, {visits: at most 1}]");
            if (must->is_sequence() && items.empty())
                context_.mistake(must->mark, "nothing must come true: the list is empty");
            for (const Yaml& item : items)
                read_must(item, situation);
        }
        return situation;
    }

private:
    void refer(const Yaml& node, const std::vector<std::string>& names, std::string_view what) const {
        if (node.is_scalar() && std::find(names.begin(), names.end(), node.scalar) == names.end())
            context_.mistake(node.mark,
                             fmt::format("there is no {} named {}{}", what, text::quote_yaml(node.scalar),
                                         instead_of(node.scalar, names)));
    }

    void read_person(const Yaml& node, Situation& situation) const {
        const Fields fields{context_, node, "person"};
        if (const Yaml* group = fields.find("group")) {
            situation.group = GroupKey{read_name(context_, *group)};
            refer(*group, names_of(model_.people), "group of people");
        }
        if (const Yaml* wants = fields.find("wants")) {
            const std::string name = read_name(context_, *wants);
            if (model_.find(LifeEventKey{name}) != nullptr)
                situation.wants = LifeEventKey{name};
            else
                situation.wants = ServiceKey{name};
            auto names = names_of(model_.services);
            for (auto& event : names_of(model_.life_events))
                names.push_back(std::move(event));
            refer(*wants, names, "service or life event");
        }
        if (const Yaml* needs = fields.find("needs")) read_needs(*needs, situation);
        if (const Yaml* can = fields.find("can")) {
            if (can->is_sequence())
                for (const Yaml& item : can->items)
                    situation.can.emplace_back(read_channel(context_, item));
            else
                situation.can.emplace_back(read_channel(context_, *can));
        }
        if (const Yaml* site = fields.find("site")) {
            situation.site = SiteKey{read_name(context_, *site)};
            refer(*site, names_of(model_.sites), "site");
        }
        if (const Yaml* from = fields.find("from")) read_moment(*from, situation);
    }

    // Some services of the life event that is wanted.
    void read_needs(const Yaml& node, Situation& situation) const {
        const auto* key = std::get_if<LifeEventKey>(&situation.wants);
        const LifeEvent* event = key != nullptr ? model_.find(*key) : nullptr;
        if (event == nullptr) {
            context_.mistake(node.mark, "needs belongs to a life event: expected one under wants");
            return;
        }
        std::vector<std::string> names;
        for (const EventStep& step : event->steps)
            names.push_back(step.service.text());
        for (const auto& [name, mark] : read_names(context_, node)) {
            refer(Yaml::of_scalar(name, mark), names, fmt::format("service of {}", event->key.text()));
            situation.needs.emplace_back(name);
        }
    }

    // "mon 10:00" or "2026-01-05 10:00".
    void read_moment(const Yaml& node, Situation& situation) const {
        const auto space = node.scalar.find_first_of(" T");
        if (node.is_scalar() && space != std::string::npos) {
            const std::string day = node.scalar.substr(0, space);
            const auto minute = parse_time_of_day(node.scalar.substr(space + 1));
            const auto date = parse_date(day);
            const auto days = parse_weekdays(day);
            for (int weekday = 0; minute && weekday < 7; ++weekday) {
                const bool is_day =
                    date ? weekday_index(*date) == weekday
                         : days && *days == WeekdaySet{static_cast<std::uint8_t>(1U << weekday)};
                if (!is_day) continue;
                situation.from_weekday = weekday;
                situation.from_minute = *minute;
                return;
            }
        }
        expected(context_, node, example_of("moment"));
    }

    void read_must(const Yaml& item, Situation& situation) const {
        const Fields fields{context_, item, "must"};
        if (!fields.is_map()) return;
        if (item.entries.size() != 1)
            context_.mistake(item.mark, "expected one thing that must come true in each item");
        if (const Yaml* served = fields.find("served"))
            if (const auto value = read_boolean(context_, *served))
                situation.must.emplace_back(MustBeServed{*value});
        if (const Yaml* visits = fields.find("visits"))
            if (const auto number = after_at_most(context_, *visits, "a bound such as at most 1"))
                if (const auto value = read_integer(context_, *number, {0, 1000}))
                    situation.must.emplace_back(MustTakeVisits{*value});
        if (const Yaml* within = fields.find("within"))
            if (const auto value = read_duration(context_, *within, Sign::positive))
                situation.must.emplace_back(MustEndWithin{*value});
        if (const Yaml* cost = fields.find("cost"))
            if (const auto amount = after_at_most(context_, *cost, "a bound such as at most 30 EUR"))
                if (const auto value = read_money(context_, *amount))
                    situation.must.emplace_back(MustCost{*value});
    }

    const Context& context_;
    const Model& model_;
};

std::set<std::string> channels_of_model(const Model& model) {
    std::set<std::string> names = channels_of(Yaml{});
    for (const Site& site : model.sites)
        for (const DeskGroup& desk : site.desks)
            for (const ChannelKey& channel : desk.channels)
                names.insert(channel.text());
    return names;
}

}  // namespace

Read<std::vector<Situation>> read_situations(const std::filesystem::path& model_path,
                                             const Model& model,
                                             const Files& files) {
    const auto folder = (main_file_of(model_path, files).parent_path() / "situations").lexically_normal();
    Remarks remarks;
    Context context{remarks, files, folder.parent_path()};
    context.channels = channels_of_model(model);
    context.languages = {model.languages.begin(), model.languages.end()};
    context.first_day = model.first_day;
    std::vector<Situation> situations;
    for (const std::string& name : files.list(folder)) {
        const auto file = folder / name;
        const auto root = read_tree(file, files, remarks);
        if (!root) continue;
        Situation situation = SituationReader{context, model}.read(*root);
        situation.key = key_of_file(file);
        situations.push_back(std::move(situation));
    }
    Read<std::vector<Situation>> read;
    if (!remarks.has_mistakes()) read.value = std::move(situations);
    read.remarks = remarks.in_order();
    return read;
}

}  // namespace balcao::model

#include "town.hpp"

#include "cases/terms.hpp"

namespace balcao::entities {
namespace {

model::WayIn way_to(Kind kind, const std::string& address, const Weather& weather) {
    model::WayIn way;
    way.by = kind == Kind::club ? model::WayKind::events : model::WayKind::http;
    way.address = address;
    const stand_in::Habits habits = stand_in::usual_habits(kind);
    way.on_doubt = habits.knows_keys     ? model::OnDoubt::send_again
                   : habits.can_be_asked ? model::OnDoubt::look_up
                                         : model::OnDoubt::ask_person;
    way.takes_back = habits.takes_back;
    way.gives_up = weather.gives_up;
    way.settles = std::chrono::seconds{5};
    way.at_once = 100;
    way.per_minute = 1'000'000;
    way.fields = {{"name", "applicant.name"}};
    return way;
}

std::string write_secrets(const TemporaryFolder& folder, const std::string& token) {
    std::string text;
    for (const auto& [entity, kind] : all_entities)
        if (!token.empty()) text += "entity." + entity.text() + ".token = " + token + "\n";
    const auto path = folder.write("secrets", text);
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms::owner_read | perms::owner_write);
    return path.string();
}

cases::StepWanted step_at(const model::EntityKey& entity, std::vector<cases::StepKey> after) {
    return cases::stage::wanted(entity.text().c_str(), entity, std::move(after));
}

}  // namespace

Town::Town(const Weather& weather) : secrets_{write_secrets(folder_, weather.token)} {
    stand_in::Settings played;
    played.seed = weather.seed;
    played.concludes_after = weather.concludes_after;
    played.token = weather.token;
    played.callback = weather.callback;
    for (const auto& [entity, kind] : all_entities) {
        auto habits = stand_in::usual_habits(kind);
        habits.loses_answers = weather.loses_answers;
        habits.is_busy = weather.is_busy;
        habits.slowest = {};
        played.habits[kind] = habits;
    }
    entities_ = *stand_in::StandIn::start(played, clock_);
    for (const auto& [entity, kind] : all_entities) {
        const model::WayIn way = way_to(kind, entities_->address(kind), weather);
        lines_[entity] = std::make_unique<connect::EntityHttp>(
            entity, way, connect::EntityLine{secrets_, clock_, "https://city.example"});
        connectors_.emplace(entity, *lines_[entity]);
        settings_.entities.set(entity, cases::terms_of(way));
    }
    restart();
}

void Town::restart() {
    server_ = std::make_unique<cases::stage::Server>(world_, settings_, connectors_, cases::Milliseconds{});
    while (*server_->cases->catch_up(1000) > 0) {
    }
}

cases::CaseNumber Town::hand_in(Order order) {
    const cases::StepKey first{all_entities[0].first.text()};
    std::vector<cases::StepWanted> steps;
    for (const auto& [entity, kind] : all_entities) {
        const bool waits = order == Order::registry_first && kind != Kind::keys && kind != Kind::no_keys;
        steps.push_back(step_at(entity, waits ? std::vector{first} : std::vector<cases::StepKey>{}));
    }
    const auto made = server_->cases->accept(cases::stage::submission(std::move(steps)),
                                             "sitting-" + std::to_string(++commands_));
    return std::get<cases::Receipt>(made).number;
}

void Town::run_for(std::chrono::milliseconds length, const std::function<void()>& after_each) {
    const auto end = world_.time.passed + length;
    for (;;) {
        while (server_->carrier->work())
            if (after_each) after_each();
        const auto next = server_->carrier->next();
        if (!next || *next > end) break;
        world_.pass(std::max(cases::Milliseconds{1}, *next - world_.time.passed));
    }
    if (world_.time.passed < end) world_.pass(end - world_.time.passed);
}

std::optional<std::string> Town::reference_there(const std::string& key) const {
    for (const auto& line : entities_->ledger())
        if (line.effect.key == key) return line.effect.reference;
    return std::nullopt;
}

void Town::settle_incidents() {
    const auto open = server_->cases->open_cases([](const cases::Case&) { return true; });
    for (const auto& whole : open)
        for (const auto& incident : whole.incidents) {
            const cases::Step* step = whole.find(incident.step);
            if (incident.settled || !std::holds_alternative<cases::Held>(step->state)) continue;
            const auto there = reference_there(step->effect);
            cases::Settling settling;
            settling.by = cases::ClerkKey{"ines"};
            settling.how = there ? cases::Settlement::it_is_there : cases::Settlement::send_again;
            settling.reference = there.value_or("");
            const std::string command = std::to_string(++commands_);
            static_cast<void>(
                server_->cases->settle({whole.number, incident.id}, settling, "settle-" + command));
            if (!there) continue;
            static_cast<void>(server_->cases->report({whole.number, incident.step},
                                                     {cases::Report::Word::concluded, *there, {}, {}},
                                                     "report-" + command));
        }
}

cases::Case Town::find(const cases::CaseNumber& number) const {
    return *cases::fold(number, *world_.disk.read(cases::stream_of(number), 0));
}

}  // namespace balcao::entities

#pragma once
// One server on the stage, without faults until a test asks for one: the town of the sentences about cases.
#include <doctest/doctest.h>

#include "cases/stage_test.hpp"

namespace balcao::cases::stage {

struct Town {
    Town() {
        const auto agreed_with = settings.entities.all();
        for (const auto& [key, terms] : agreed_with) {
            entities[key] = std::make_unique<Entity>(world, terms.kind, terms);
            connectors.emplace(key, *entities[key]);
        }
        restart();
    }

    void agree(const model::EntityKey& entity, const std::function<void(EntityTerms&)>& change) {
        EntityTerms terms = settings.entities.of(entity);
        change(terms);
        settings.entities.set(entity, terms);
        server->settings.entities.set(entity, terms);
        server->cases->agree();
    }

    void restart() {
        server = std::make_unique<Server>(world, settings, connectors, Milliseconds{});
        while (*server->cases->catch_up(1000) > 0) {
        }
    }

    CaseNumber accept(std::vector<StepWanted> steps, const std::string& key = {}) {
        const auto answer = server->cases->accept(submission(std::move(steps)),
                                                  key.empty() ? "key-" + std::to_string(++keys) : key);
        REQUIRE(std::holds_alternative<Receipt>(answer));
        return std::get<Receipt>(answer).number;
    }

    // Does what is due, then lets time pass to what is due next.
    void run_for(Milliseconds length) {
        const Milliseconds end = world.time.passed + length;
        for (;;) {
            while (server->carrier->work()) {
            }
            const auto next = server->carrier->next();
            if (!next || *next > end) break;
            world.pass(std::max(Milliseconds{1}, *next - world.time.passed));
        }
        if (world.time.passed < end) world.pass(end - world.time.passed);
    }

    void run() { run_for(minutes{1}); }

    [[nodiscard]] Case find(const CaseNumber& number) const {
        return *fold(number, *world.disk.read(stream_of(number), 0));
    }

    [[nodiscard]] CaseView see(const CaseNumber& number) const {
        return std::get<CaseView>(server->cases->see(number));
    }

    [[nodiscard]] std::string effect(const CaseNumber& number, const char* step) const {
        return find(number).find(StepKey{step})->effect;
    }

    template <class T>
    static Refusal refusal(const Answer<T>& answer) {
        REQUIRE(std::holds_alternative<Refusal>(answer));
        return std::get<Refusal>(answer);
    }

    static void good(const Answer<CaseState>& answer) {
        if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(name_of(refusal->reason));
    }

    World world{1};
    Settings settings = agreed("a");
    std::map<model::EntityKey, std::unique_ptr<Entity>> entities;
    Connectors connectors;
    std::unique_ptr<Server> server;
    const ClerkKey rita{"rita"};
    const ClerkKey joao{"joao"};
    int keys = 0;
};

}  // namespace balcao::cases::stage

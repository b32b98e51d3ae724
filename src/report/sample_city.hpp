#pragma once
// A city made up for tests, with results made up to match: every kind of row that a run can have, one without
// an interval, names that would break a page that does not escape. Used by tests only; none of its figures
// was simulated.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "sim/results.hpp"

namespace balcao::report::sample {

inline LocalText text(const std::string& pt, const std::string& en, const std::string& es) {
    return {{{"pt", pt}, {"en", en}, {"es", es}}};
}

inline model::Site site(const std::string& key, const LocalText& name, double latitude, double longitude) {
    model::Site made;
    made.key = model::SiteKey{key};
    made.name = name;
    made.kind = "shop";
    made.location = model::Location{latitude, longitude};
    for (const char* desk : {"front", "back", "kiosk"}) {
        model::DeskGroup group;
        group.key = model::DeskKey{desk};
        if (desk == std::string_view{"front"})
            group.name = text("Atendimento geral", "General desks", "Atención general");
        else if (desk == std::string_view{"back"})
            group.name = text("Balcão reservado", "Private desk", "Mostrador reservado");
        made.desks.push_back(group);
    }
    return made;
}

inline model::Model model() {
    model::Model made;
    made.key = "sample";
    made.name = text("Cidade de teste", "Test city", "Ciudad de prueba");
    made.about = text("Valores inventados para testar esta página; não são de nenhuma cidade.",
                      "Figures made up to test this page; they are of no city.",
                      "Valores inventados para probar esta página; no son de ninguna ciudad.");
    made.languages = {"pt", "en", "es"};
    made.first_day = parse_date("2026-01-05").value();
    made.sources = {{"made-up", "No source: made up for a test", "https://example.org/made-up"}};
    const std::vector<std::pair<std::string, LocalText>> services{
        {"identity", text("Cartão de Cidadão", "Citizen card", "Tarjeta de ciudadano")},
        {"transport", text("Passe de transportes", "Transport pass", "Abono de transporte")},
        {"social", text("Apoio social", "Social support", "Apoyo social")},
        {"tax", text("Impostos <locais> & taxas", "Local <taxes> & fees", "Impuestos <locales> y tasas")},
        {"works", text("Licenças de obras e ocupação da via pública",
                       "Permits for works and for use of the public road",
                       "Licencias de obras y ocupación de la vía pública")}};
    for (const auto& [key, name] : services) {
        model::Service service;
        service.key = model::ServiceKey{key};
        service.name = name;
        made.services.push_back(service);
    }
    made.sites = {site("north", text("Loja Norte", "North shop", "Oficina Norte"), 38.78, -9.14),
                  site("river", text("Loja do Rio", "River shop", "Oficina del Río"), 38.71, -9.13),
                  site("hill", text("Loja da Colina", "Hill shop", "Oficina de la Colina"), 38.73, -9.16),
                  site("west", text("Espaço Poente", "West spot", "Punto Poniente"), 38.72, -9.22),
                  site("east", text("Espaço Nascente", "East spot", "Punto Levante"), 38.76, -9.09)};
    const std::vector<std::pair<std::string, LocalText>> groups{
        {"older", text("Mais de 65 anos", "Over 65", "Mayores de 65")},
        {"newcomers", text("Recém-chegados", "Newcomers", "Recién llegados")},
        {"others", text("Outras pessoas", "Other people", "Otras personas")}};
    for (const auto& [key, name] : groups) {
        model::Group group;
        group.key = model::GroupKey{key};
        group.name = name;
        group.source = "demonstration";
        made.people.push_back(group);
    }
    return made;
}

// Fills rows so that they look like a day: a wave over the hours, larger where `weight` is.
class RunBuilder {
public:
    explicit RunBuilder(double factor) : factor_{factor} {}

    void add(sim::Measure measure, const sim::Breakdown& of, double mean, double half_width) {
        sim::Row row;
        row.measure = measure;
        row.of = of;
        row.mean = mean;
        row.half_width = half_width;
        row.count = 1000;
        if (measure == sim::Measure::wait) row.quantiles = sim::Quantiles{mean * 0.6, mean * 2.4, mean * 4.5};
        results.rows.push_back(row);
    }

    // The measures that every part of the city has.
    void add_part(const sim::Breakdown& of, double weight) {
        const double wait = 6.2 * weight * factor_;
        add(sim::Measure::arrivals, of, 410 / weight, 3.1);
        add(sim::Measure::abandoned_share, of, std::min(0.9, 0.06 * weight * factor_), 0.004 * weight);
        add(sim::Measure::wait, of, wait, wait * 0.06);
        add(sim::Measure::time_in_system, of, wait + 8.4, 0.3);
    }

    void add_hours(sim::Breakdown of, double weight) {
        for (int hour = 8; hour < 20; ++hour) {
            of.hour = hour;
            const double wave = 0.35 + std::exp(-(hour - 11.2) * (hour - 11.2) / 5) +
                                0.5 * std::exp(-(hour - 16.5) * (hour - 16.5) / 4);
            add_part(of, weight * wave);
        }
    }

    sim::Results results;

private:
    double factor_;
};

inline void add_city(RunBuilder& run, const model::Model& city) {
    run.add_part({}, 1);
    run.add(sim::Measure::utilisation, {}, 0.81, 0.004);
    run.add(sim::Measure::visits_per_need, {}, 1.11, 0.008);
    run.add(sim::Measure::cost_per_need, {}, 9.4, 0.2);
    run.add_hours({}, 1);
    double weight = 0.7;
    for (const model::Service& service : city.services) {
        run.add_part({.service = service.key.text()}, weight);
        run.add_hours({.service = service.key.text()}, weight);
        weight += 0.2;
    }
    weight = 0.6;
    for (const model::Group& group : city.people) {
        run.add_part({.group = group.key.text()}, 2 - weight);
        run.add(sim::Measure::visits_per_need, {.group = group.key.text()}, 1.1 + weight / 5, 0.02);
        run.add(sim::Measure::cost_per_need, {.group = group.key.text()}, 8 + weight, 0.4);
        weight += 0.3;
    }
    run.add_part({.channel = "counter"}, 1.1);
    run.add_part({.channel = "video"}, 0.6);
    weight = 0.5;
    for (const model::Site& place : city.sites) {
        const std::string key = place.key.text();
        run.add_part({.site = key}, weight);
        run.add(sim::Measure::utilisation, {.site = key}, std::min(0.97, 0.6 * weight + 0.25), 0.01);
        run.add_hours({.site = key}, weight);
        for (const model::Service& service : city.services)
            run.add_part({.site = key, .service = service.key.text()}, weight * 1.1);
        for (const model::DeskGroup& desk : place.desks) {
            run.add(sim::Measure::utilisation, {.site = key, .desk = desk.key.text()}, 0.5 + weight / 4,
                    0.01);
            for (int hour = 8; hour < 20; ++hour)
                run.add(
                    sim::Measure::utilisation, {.site = key, .desk = desk.key.text(), .hour = hour},
                    std::min(0.99, 0.35 + weight / 4 + 0.3 * std::exp(-(hour - 11.0) * (hour - 11.0) / 8)),
                    0.02);
        }
        weight += 0.25;
    }
}

inline sim::TargetOutcome target(const std::string& measure, double bound, sim::Verdict verdict) {
    sim::TargetOutcome outcome;
    outcome.target.measure = measure;
    if (measure == "served_within") {
        outcome.target.limit = std::chrono::minutes{20};
        outcome.target.at_least = bound;
        outcome.mean = 0.78;
        outcome.half_width = 0.006;
    } else {
        outcome.target.at_most = bound;
        outcome.mean = measure == "wait" ? 6.2 : 0.06;
        outcome.half_width = measure == "wait" ? 0.37 : 0.004;
    }
    outcome.verdict = verdict;
    return outcome;
}

inline sim::Results results(const std::string& scenario = {}, double factor = 1) {
    const model::Model city = model();
    RunBuilder run{factor};
    add_city(run, city);
    sim::Row no_interval;
    no_interval.measure = sim::Measure::wait;
    no_interval.of = {.channel = "phone"};
    no_interval.mean = 12345.678;
    run.results.rows.push_back(no_interval);
    run.results.model = city.key;
    run.results.scenario = scenario;
    run.results.seed = 7;
    run.results.days = 20;
    run.results.replications = 30;
    run.results.unit_of_interval = "replications";
    run.results.units = 30;
    run.results.customers = 1234567;
    run.results.targets = {target("served_within", 0.8, sim::Verdict::missed),
                           target("abandoned_share", 0.1, sim::Verdict::met),
                           target("wait", 6, sim::Verdict::undecided)};
    return run.results;
}

// The differences that `sim` would give between two such runs, row by row.
inline void add_differences(sim::Comparison& comparison, const sim::Results& scenario, bool is_clear) {
    for (const sim::Row& row : scenario.rows) {
        const sim::Row* base = comparison.base.find(row.measure, row.of);
        if (base == nullptr || row.of.hour || !row.half_width) continue;
        sim::Difference difference;
        difference.scenario = scenario.scenario;
        difference.measure = row.measure;
        difference.of = row.of;
        difference.base_mean = base->mean;
        difference.scenario_mean = row.mean;
        difference.difference = row.mean - base->mean;
        difference.half_width = is_clear ? *row.half_width * 0.4 : std::abs(difference.difference) + 0.01;
        const bool has_direction = row.measure != sim::Measure::arrivals;
        if (is_clear && has_direction && difference.difference != 0)
            difference.better = difference.difference < 0;
        comparison.differences.push_back(difference);
    }
}

inline sim::Comparison comparison() {
    sim::Comparison made;
    made.base = results();
    made.scenarios = {results("two-desks-more", 0.7), results("all-by-appointment", 1.01)};
    add_differences(made, made.scenarios[0], true);
    add_differences(made, made.scenarios[1], false);
    sim::Ranking ranking;
    ranking.measure = sim::Measure::wait;
    ranking.indifference = 0.3;
    ranking.best = "two-desks-more";
    ranking.fallen = {{"", 14}, {"all-by-appointment", 22}};
    ranking.replications = 22;
    ranking.is_decided = true;
    made.ranking = ranking;
    return made;
}

}  // namespace balcao::report::sample

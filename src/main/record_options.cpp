// The options of the commands that read the record of the live office.
#include <CLI/CLI.hpp>

#include "main/record_commands.hpp"
#include "main/usage.hpp"

namespace balcao::cli {

namespace {

constexpr const char* about_model = "a model file, or a folder with model.yaml";

// The model among them.
CLI::Option* add_recorded(CLI::App& app, Recorded& of) {
    auto* model = app.add_option("model", of.model, about_model)->required();
    app.add_option("--data", of.where.data, "the folder of the journal and of its key (balcao-data)");
    app.add_option("--database", of.where.database,
                   "postgres://user@host/name: the journal in PostgreSQL; the folder keeps the key");
    app.add_option("--from", of.from, "the first day, e.g. 2026-11-02 (the first in the journal)");
    app.add_option("--to", of.to, "the last day (the last in the journal)");
    app.add_option("--site", of.site, "one site of the model (all)");
    return model;
}

}  // namespace

void add_record_commands(CLI::App& app, std::function<int()>& answer) {
    static Statistics statistics;
    auto* count = app.add_subcommand(
        "statistics", "what the live office did, from its journal, by the measures of a simulated run");
    add_recorded(*count, statistics.of);
    count->add_option("--json", statistics.json, "as JSON, to a file or - for standard output");
    auto* beside = count->add_option("--beside", statistics.beside,
                                     "the JSON of balcao simulate, to stand beside what was measured");
    count
        ->add_flag("--simulate", statistics.simulates,
                   "simulate the same days with the model and set that beside")
        ->excludes(beside);
    takes_whole_number(
        count->add_option("--replications", statistics.replications, "of that simulation (10)"), 1, 100'000);
    count->add_flag("--require-targets", statistics.requires_targets, "exit with 3 when a target is missed");
    count->callback([&answer] { answer = [] { return cli::statistics(statistics); }; });

    static Export periods;
    auto* out = app.add_subcommand(
        "export",
        "every period of every visit, as CSV or as an OCEL 2.0 log; everything that happened to requests");
    // A model that must be there would be taken to be called "cpsv-ap".
    auto* model = add_recorded(*out, periods.of)->required(false);
    out->add_option("--csv", periods.csv, "the table of periods, to a file");
    out->add_option("--ocel", periods.ocel, "an event log in OCEL 2.0 (JSON), to a file");
    out->add_option("--cases-ocel", periods.cases_ocel,
                    "everything that happened to requests, as OCEL 2.0 (JSON), to a file");
    out->add_option("--cases-xes", periods.cases_xes, "the same as IEEE 1849 (XES), to a file");
    static Catalogue catalogue;
    auto* cpsv = out->add_subcommand(
        "cpsv-ap", "the catalogue of the model instead, for portals: CPSV-AP 3.2.0 as JSON-LD");
    cpsv->add_option("model", catalogue.model, about_model)->required();
    cpsv->add_option("--out", catalogue.out, "to a file (standard output)");
    cpsv->add_option(
        "--base", catalogue.base,
        "what the names of things begin with, e.g. https://city.example/catalogue/ (urn:balcao:…)");
    out->callback([&answer, cpsv, model] {
        if (cpsv->parsed()) {
            answer = [] { return cli::export_catalogue(catalogue); };
            return;
        }
        if (model->empty()) throw CLI::RequiredError{"model"};
        answer = [] { return cli::export_periods(periods); };
    });

    static Law law;
    auto* duties =
        app.add_subcommand("law", "how the duties of the model were kept, site by site and day by day");
    add_recorded(*duties, law.of);
    auto* date = duties->add_option("--date", law.date, "one day, e.g. 2026-11-24");
    date->excludes("--from")->excludes("--to");
    duties->add_option("--json", law.json, "as JSON, to a file or - for standard output");
    duties->add_flag("--require-duties", law.requires_duties, "exit with 3 when one was not kept");
    duties->callback([&answer] { answer = [] { return cli::law(law); }; });
}

}  // namespace balcao::cli

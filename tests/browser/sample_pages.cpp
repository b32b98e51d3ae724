// Writes the reports of the made-up city, as pages and as JSON, for the browser tests: sample_pages FOLDER.
#include <fstream>
#include <iostream>
#include <string>

#include "report/json.hpp"
#include "report/report.hpp"
#include "report/sample_city.hpp"
#include "report/sample_flexibility.hpp"

namespace report = balcao::report;

namespace {

bool write(const std::string& path, const std::string& text) {
    std::ofstream file{path, std::ios::binary};
    file << text;
    file.close();
    if (!file) std::cerr << "cannot write " << path << "\n";
    return static_cast<bool>(file);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "sample_pages FOLDER\n";
        return 2;
    }
    const std::string folder = argv[1];
    const balcao::model::Model city = report::sample::model();
    const balcao::sim::Results results = report::sample::results();
    const balcao::sim::Comparison comparison = report::sample::comparison();
    const report::ReportOptions options{
        .language = report::language_for("", city),
        .command = "balcao simulate models/sample --replications 30 --seed 7 --report report.html",
        .version = "0.0.0",
        .scenarios = {{"two-desks-more",
                       report::sample::text("Mais dois balcões", "Two desks more", "Dos mostradores más")}}};
    report::ReportOptions walked = options;
    walked.scenarios.clear();
    const std::vector<balcao::sim::SituationOutcome> situations = report::sample::situations();
    const bool are_written =
        write(folder + "/run.html", report::report_page(city, results, options)) &&
        write(folder + "/compare.html", report::report_page(city, comparison, options)) &&
        write(folder + "/stress.html", report::report_page({city, report::sample::hill_city()},
                                                           report::sample::stress_of_two(), walked)) &&
        write(folder + "/situations.html",
              report::report_page(city, report::SituationsRun{situations, 8, 0.95, 7}, walked)) &&
        write(folder + "/run.json", report::results_json(results)) &&
        write(folder + "/compare-full.json", report::comparison_json(comparison, report::JsonDetail::full)) &&
        write(folder + "/compare.json", report::comparison_json(comparison, report::JsonDetail::by_one_key));
    return are_written ? 0 : 1;
}

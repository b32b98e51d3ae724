#include "report/report.hpp"

#include "report/comparison.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/situations_page.hpp"
#include "report/stress_page.hpp"
#include "report/summary.hpp"

namespace balcao::report {

namespace {

// What both kinds of page say alike.
PageContent common_content(const sim::Results& results, const Names& names, const ReportOptions& options) {
    PageContent content;
    content.title = names.model().name.in(names.words().code(), names.model().key);
    if (!results.scenario.empty())
        content.title += " · " + scenario_name(results.scenario, options, names.words());
    content.kicker = names.words()("Simulation report");
    content.about = names.model().about.in(names.words().code());
    content.remarks = remarks_of(names);
    content.notes = results.notes;
    content.sections = sections_of(results, names);
    content.sections.push_back(method_of(results, names, options));
    return content;
}

void put_first(PageContent& content, Section section) {
    content.sections.insert(content.sections.begin(), std::move(section));
}

Section targets_section(const std::vector<System>& systems, const Names& names) {
    Section section{.id = "wanted", .title = names.words()("Targets"), .paragraphs = {}, .figures = {}};
    section.paragraphs.push_back(
        names.words()("Met: the whole interval is on the right side. Missed: all of it is on the wrong one. "
                      "Undecided: the interval "
                      "holds the limit, and more replications may tell."));
    section.figures.push_back(targets_of(systems, names));
    return section;
}

PageContent run_content(const model::Model& model,
                        const sim::Results& results,
                        const ReportOptions& options,
                        const Words& words) {
    const Names names{model, words};
    PageContent content = common_content(results, names, options);
    content.answer = answer_of(results, names);
    content.key_figures = key_figures_of(results, names);
    if (!results.targets.empty()) put_first(content, targets_section({{words("Outcome"), &results}}, names));
    return content;
}

PageContent comparison_content(const model::Model& model,
                               const sim::Comparison& comparison,
                               const ReportOptions& options,
                               const Words& words) {
    const Names names{model, words};
    PageContent content = common_content(comparison.base, names, options);
    for (Section& section : content.sections)
        if (section.id != "method")
            section.title = words("{title}: the model as it is", {{"title", section.title}});
    content.answer = answer_of(comparison, names, options);
    for (const sim::Results& scenario : comparison.scenarios)
        for (const std::string& note : scenario.notes)
            content.notes.push_back(scenario_name(scenario.scenario, options, words) + ": " + note);
    if (!comparison.base.targets.empty())
        put_first(content, targets_section(systems_of(comparison, options, words), names));
    put_first(content, comparison_section(comparison, names, options));
    return content;
}

// The page of a model, its content made once in each language.
template <class Make>
std::string page_of(const model::Model& model, const ReportOptions& options, const Make& make) {
    Page page{.first = options.language, .file_name = "balcao-" + model.key, .contents = {}};
    for (const Language language : languages)
        page.contents.at(static_cast<std::size_t>(language)) = make(Words{language});
    return html_of(page);
}

}  // namespace

Language language_for(std::string_view asked, const model::Model& model) {
    if (const std::optional<Language> wanted = parse_language(asked)) return *wanted;
    for (const std::string& spoken : model.languages)
        if (const std::optional<Language> language = parse_language(spoken)) return *language;
    return Language::en;
}

std::string report_page(const model::Model& model,
                        const sim::Results& results,
                        const ReportOptions& options) {
    return page_of(model, options,
                   [&](const Words& words) { return run_content(model, results, options, words); });
}

std::string report_page(const model::Model& model,
                        const sim::Comparison& comparison,
                        const ReportOptions& options) {
    return page_of(model, options,
                   [&](const Words& words) { return comparison_content(model, comparison, options, words); });
}

std::string report_page(const std::vector<model::Model>& models,
                        const std::vector<sim::StressResult>& results,
                        const ReportOptions& options) {
    return page_of(models.front(), options,
                   [&](const Words& words) { return stress_content(models, results, options, words); });
}

std::string report_page(const model::Model& model, const SituationsRun& run, const ReportOptions& options) {
    return page_of(model, options,
                   [&](const Words& words) { return situations_content(model, run, options, words); });
}

}  // namespace balcao::report

#include "report/situations_page.hpp"

#include <algorithm>

#include "report/comparison.hpp"
#include "report/figures.hpp"
#include "report/situations_figures.hpp"
#include "report/summary.hpp"

namespace balcao::report {

namespace {

std::size_t count_of(const Outcomes& outcomes, Tone tone) {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcomes, [&](const auto* outcome) { return tone_of(*outcome) == tone; }));
}

std::string tally_text(const Outcomes& outcomes, const Words& words) {
    return words(
        "Situations, {n} in all; true in 9 weeks of 10 or more: {good}, in fewer: {bad}, cannot be told: "
        "{unclear}.",
        {{"n", std::to_string(outcomes.size())},
         {"good", std::to_string(count_of(outcomes, Tone::good))},
         {"bad", std::to_string(count_of(outcomes, Tone::bad))},
         {"unclear", std::to_string(count_of(outcomes, Tone::unclear))}});
}

// The situation that fails most, of whom, and why.
std::string worst_sentence(const std::vector<GroupOutcomes>& groups, const Names& names) {
    const Words& words = names.words();
    const sim::SituationOutcome* worst = nullptr;
    const GroupOutcomes* of = nullptr;
    for (const GroupOutcomes& group : groups)
        for (const sim::SituationOutcome* outcome : group.outcomes)
            if (worst == nullptr || outcome->all_share < worst->all_share) {
                worst = outcome;
                of = &group;
            }
    if (worst->is_possible && worst->all_share >= 1)
        return words("In every week that was walked, all of every situation came true.");
    const std::string why = why_text(*worst, names);
    const std::string share =
        worst->is_possible
            ? words("{share} of the weeks",
                    {{"share", estimate_text({worst->all_share, worst->all_half_width}, "share", words)}})
            : words("no week");
    return words("Served worst: “{situation}” ({group}), where all came true in {share}.",
                 {{"situation", situation_name(*worst, words)}, {"group", of->name}, {"share", share}}) +
           (why.empty() ? "" : " " + why);
}

std::vector<KeyFigure> key_figures_of(const std::vector<GroupOutcomes>& groups, const Words& words) {
    std::vector<KeyFigure> figures;
    figures.reserve(groups.size());
    for (const GroupOutcomes& group : groups)
        figures.push_back(
            {group.name, estimate_text(group.share, "share", words),
             group.outcomes.size() == 1
                 ? words("of the weeks, 1 situation")
                 : words("of the weeks, {n} situations", {{"n", std::to_string(group.outcomes.size())}})});
    return figures;
}

Section glance_section(const std::vector<GroupOutcomes>& groups, const Names& names) {
    const Words& words = names.words();
    Section section{.id = "glance", .title = words("At a glance"), .paragraphs = {}, .figures = {}};
    section.paragraphs.push_back(words(
        "Each person comes once in every simulated week, among all the others. A situation comes "
        "true in a week when everything that must hold does. ✓: in 9 weeks of 10 or more, the whole "
        "interval above; ✕: in fewer, the whole interval below; ?: the interval holds 9 in 10, and more "
        "weeks may tell."));
    section.figures.push_back(all_figure(groups, names));
    if (groups.size() > 1) section.figures.push_back(groups_figure(groups, names));
    return section;
}

Section group_section(const GroupOutcomes& group, const Names& names) {
    Section section{.id = group.key.empty() ? "anybody" : "of-" + group.key,
                    .title = group.name,
                    .paragraphs = {},
                    .figures = {}};
    section.paragraphs.push_back(tally_text(group.outcomes, names.words()));
    section.figures.push_back(group_figure(group, names));
    return section;
}

Section method_section(const SituationsRun& run, const Names& names, const ReportOptions& options) {
    const Words& words = names.words();
    const Language language = words.language();
    Section section{.id = "method", .title = words("How this was computed"), .paragraphs = {}, .figures = {}};
    std::int64_t walks = 0;
    for (const sim::SituationOutcome& outcome : run.outcomes)
        walks = std::max(walks, outcome.walks);
    section.paragraphs.push_back(words(
        "Beside all who come anyway, the model was given one more person for each situation, once a week "
        "for {weeks} weeks, and was run {runs} times, each time with other people drawn at random. This "
        "person goes to the nearest site that serves the need by the first channel within reach, and "
        "waits, gives up and comes again as others of the same group do.",
        {{"weeks", count(run.weeks, language)},
         {"runs", count(run.weeks > 0 ? walks / run.weeks : 0, language)}}));
    section.paragraphs.push_back(
        words("“±” gives an interval of {confidence}, Student's t over replications by the jackknife. Shares "
              "of situations of one group are averaged and so are their half-widths, which can only be too "
              "wide.",
              {{"confidence", percent(run.confidence, 0, language)}}));
    section.paragraphs.push_back(words(
        "Where all of {n} weeks went alike, “±” is what as many weeks could still hide, about 3 in {n} (the "
        "rule of three).",
        {{"n", count(walks, language)}}));
    add_origin(section, run.seed, names, options);
    return section;
}

}  // namespace

PageContent situations_content(const model::Model& model,
                               const SituationsRun& run,
                               const ReportOptions& options,
                               const Words& words) {
    const Names names{model, words};
    const std::vector<GroupOutcomes> groups = groups_of(run.outcomes, names);
    Outcomes all;
    for (const GroupOutcomes& group : groups)
        all.insert(all.end(), group.outcomes.begin(), group.outcomes.end());
    PageContent content;
    content.kicker = words("Situations report");
    content.title = model.name.in(words.code(), model.key);
    if (!options.scenarios.empty())
        content.title += " · " + scenario_name(options.scenarios.front().first, options, words);
    content.about = model.about.in(words.code());
    content.answer = {tally_text(all, words), worst_sentence(groups, names)};
    content.key_figures = key_figures_of(groups, words);
    content.remarks = remarks_of(names);
    content.sections.push_back(glance_section(groups, names));
    for (const GroupOutcomes& group : groups)
        content.sections.push_back(group_section(group, names));
    Section errands{
        .id = "errands-of-all", .title = words("Where people went"), .paragraphs = {}, .figures = {}};
    errands.figures.push_back(errands_figure(groups, names));
    if (!errands.figures.front().lines.empty()) content.sections.push_back(std::move(errands));
    content.sections.push_back(method_section(run, names, options));
    return content;
}

}  // namespace balcao::report

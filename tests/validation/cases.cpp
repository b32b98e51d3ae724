#include <cstdio>
#include <cstdlib>

#include "model/read.hpp"
#include "text/file.hpp"
#include "text/json.hpp"
#include "validation.hpp"

namespace balcao::validation {

void stop(const std::string& what) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", what.c_str());
    std::_Exit(1);  // std::exit is for one thread at a time
}

namespace {

using text::JsonView;

std::string text_of(JsonView view) {
    const auto text = view.as_text();
    return text ? std::string{*text} : std::string{};
}

std::optional<std::string> maybe(JsonView view) {
    const auto text = view.as_text();
    return text ? std::optional{std::string{*text}} : std::nullopt;
}

Check read_check(JsonView view) {
    Check check;
    const auto measure = sim::parse_measure(text_of(view["measure"]));
    if (!measure) stop("cases.json: there is no measure " + text_of(view["measure"]));
    check.measure = *measure;
    check.of = {.site = maybe(view["site"]), .service = maybe(view["service"]), .step = maybe(view["step"])};
    if (const auto hour = view["hour"].as_whole_number()) check.of.hour = static_cast<int>(*hour);
    check.limit_minutes = view["limit"].as_number();
    check.is_variance = view["variance"].as_bool().value_or(false);
    check.tolerance = view["tolerance"].as_number();
    const auto exact = view["exact"].as_number();
    const auto reference = view["reference"].as_number();
    if (!exact && !reference) stop("cases.json: a check of " + text_of(view["measure"]) + " has no figure");
    check.exact = exact ? *exact : *reference;
    return check;
}

Case read_case(JsonView view) {
    Case one;
    one.id = text_of(view["id"]);
    one.family = text_of(view["family"]);
    one.source = text_of(view["source"]);
    one.derived = text_of(view["derived"]);
    one.model_file = text_of(view["model"]);
    one.days = static_cast<int>(view["days"].as_whole_number().value_or(1));
    one.replications = static_cast<int>(view["replications"].as_whole_number().value_or(10));
    for (std::size_t index = 0; index < view["checks"].size(); ++index)
        one.checks.push_back(read_check(view["checks"].at(index)));
    return one;
}

HandTrace read_trace(JsonView view) {
    HandTrace trace;
    trace.id = text_of(view["id"]);
    trace.source = text_of(view["source"]);
    trace.model_file = text_of(view["model"]);
    for (std::size_t index = 0; index < view["visits"].size(); ++index) {
        const auto visit = view["visits"].at(index);
        trace.expected.push_back({visit["arrived"].as_number().value_or(-1), text_of(visit["outcome"]),
                                  visit["waited"].as_number(), visit["left"].as_number()});
    }
    return trace;
}

}  // namespace

Cases read_cases(const std::filesystem::path& folder) {
    const auto file = folder / "cases.json";
    const auto content = text::read_file(file);
    if (!content) stop(file.string() + ": " + content.error().what);
    const auto document = text::Json::parse(*content, file.string());
    if (!document) stop(document.error().what);
    const auto root = document->root();
    Cases all;
    for (std::size_t index = 0; index < root["cases"].size(); ++index)
        all.cases.push_back(read_case(root["cases"].at(index)));
    for (std::size_t index = 0; index < root["traces"].size(); ++index)
        all.traces.push_back(read_trace(root["traces"].at(index)));
    all.shop = read_case(root["shop"]);
    for (std::size_t index = 0; index < root["left_out"].size(); ++index) {
        const auto view = root["left_out"].at(index);
        all.left_out.push_back({text_of(view["id"]), text_of(view["why"])});
    }
    return all;
}

model::Model read_case_model(const std::filesystem::path& file) {
    const auto read = model::read_model(file, model::DiskFiles{}, {.today = *parse_date("2026-01-07")});
    for (const auto& remark : read.remarks)
        if (remark.severity == model::Severity::mistake) stop(model::format_remark(remark));
    if (!read.value) stop(file.string() + " cannot be read");
    return *read.value;
}

}  // namespace balcao::validation

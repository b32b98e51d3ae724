#include "model/building_test.hpp"

#include <cstdlib>

namespace balcao::model {

ReadOptions options_of_test() { return {.today = *parse_date("2026-01-07")}; }

std::string told(const std::vector<Remark>& remarks) {
    std::string all;
    for (const Remark& remark : remarks)
        all += format_remark(remark) + "\n";
    if (!all.empty()) all.pop_back();
    return all;
}

std::string told_beside_notes(const std::vector<Remark>& remarks) {
    std::vector<Remark> others;
    for (const Remark& remark : remarks)
        if (remark.severity != Severity::note) others.push_back(remark);
    return told(others);
}

Read<Model> read_folder(const std::map<std::string, std::string>& files) {
    return read_model("m", MemoryFiles{files}, options_of_test());
}

Read<Scenario> read_text_scenario(const std::string& model, const std::string& scenario) {
    return read_scenario("m.yaml", "s.yaml", MemoryFiles{{{"m.yaml", model}, {"s.yaml", scenario}}},
                         options_of_test());
}

std::filesystem::path shipped_model(const std::string& name) {
    return std::filesystem::path{"models/examples"} / name;  // tests run in the project's folder
}

Read<Model> read_text_model(const std::string& content) {
    return read_model("m.yaml", MemoryFiles{{{"m.yaml", content}}}, options_of_test());
}

std::string mistakes_in(const std::string& content) { return told(read_text_model(content).remarks); }

std::string SmallModel::text() const {
    return "balcao: 1\nname: Small\nfirst_day: 2026-01-05\nservices:\n  " + service + "\nsites:\n  " + site +
           "\ndemand:\n  " + demand + "\n" + tail;
}

}  // namespace balcao::model

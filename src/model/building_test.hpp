#pragma once
// What the tests of this module share: a small model to vary, and remarks as text.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model/read.hpp"

namespace balcao::model {

// A Wednesday.
ReadOptions options_of_test();

// One remark a line, as a person sees them; "" when there is none.
std::string told(const std::vector<Remark>& remarks);

// The same without notes.
std::string told_beside_notes(const std::vector<Remark>& remarks);

// A model of several files, of which model.yaml in the folder "m" is the first.
Read<Model> read_folder(const std::map<std::string, std::string>& files);

// A file or folder of models/examples beside the sources.
std::filesystem::path shipped_model(const std::string& name);

// A model of one file, "m.yaml".
Read<Model> read_text_model(const std::string& content);

// The scenario s.yaml beside the model m.yaml.
Read<Scenario> read_text_scenario(const std::string& model, const std::string& scenario);

// The remarks of that model as text.
std::string mistakes_in(const std::string& content);

// A correct model of nine lines; what is given goes below them.
//   1 balcao, 2 name, 3 first_day, 4 services, 5 identity, 6 sites, 7 shop, 8 demand, 9 its entry
struct SmallModel {
    std::string service = "identity: {duration: 6 min}";
    std::string site = "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity]}}}";
    std::string demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per hour}}";
    std::string tail{};

    [[nodiscard]] std::string text() const;
};

}  // namespace balcao::model

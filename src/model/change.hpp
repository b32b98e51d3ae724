#pragma once
// One change of a scenario and how it is made to the tree of a model. Internal to `model`.
#include <string>
#include <vector>

#include "model/remarks.hpp"
#include "text/yaml.hpp"

namespace balcao::model {

struct Change {
    enum class Verb : unsigned char { set, scale, add, remove };

    Verb verb;
    std::vector<std::string> path;  // keys; "*" is all of them
    text::YamlMark mark;            // of the path
    text::Yaml value;               // of `to`, `by` or `value`
    double factor = 1;              // of `scale`
};

// A path that leads nowhere and a value that cannot be scaled are mistakes, told at the change's place.
void apply_change(text::Yaml& root, const Change& change, Remarks& remarks);

}  // namespace balcao::model

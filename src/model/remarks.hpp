#pragma once
// Collects what is to be said about a model, with places, and puts it in order. Used by the reader and the
// check; it never decides whether something is wrong.
#include <string>
#include <string_view>
#include <vector>

#include "model/read.hpp"
#include "text/yaml.hpp"

namespace balcao::model {

class Remarks {
public:
    void mistake(const text::YamlMark& mark, Sentence what) { add(Severity::mistake, mark, std::move(what)); }

    void warning(const text::YamlMark& mark, Sentence what) { add(Severity::warning, mark, std::move(what)); }

    void note(const text::YamlMark& mark, Sentence what) { add(Severity::note, mark, std::move(what)); }

    [[nodiscard]] bool has_mistakes() const { return mistakes_ > 0; }

    // By file (in the order of their first remark's file name), line and column; the same remark once. No
    // more than a thousand mistakes are kept, then one says so.
    [[nodiscard]] std::vector<Remark> in_order() const;

private:
    void add(Severity severity, const text::YamlMark& mark, Sentence what);

    std::vector<Remark> remarks_;
    std::size_t mistakes_ = 0;
};

// "; did you mean wait?" when one of the names is near, "; expected one of: a, b, c" when there are few,
// else nothing.
std::string instead_of(std::string_view written, const std::vector<std::string>& names);

// "a, b and c".
std::string listed(const std::vector<std::string>& names);

}  // namespace balcao::model

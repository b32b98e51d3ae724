#pragma once
// Finds the services of a model from a plain sentence: "perdi a carta de condução", with spelling mistakes
// and without accents. It looks in names, other names, life events, entities and documents, each by its
// weight. Made anew for each model; asked by pages and API. It decides nothing about a person.
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace balcao::search {

struct Found {
    model::ServiceKey service;
    double score = 0;  // the greater the better; comparable within one answer only
    friend bool operator==(const Found&, const Found&) = default;
};

class Index {
public:
    static Index of(const model::Model& model);
    ~Index();
    Index(Index&& other) noexcept;
    Index& operator=(Index&& other) noexcept;
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

    // The best first, of equally good ones the first of the model; none where no word is known. Of a
    // language that the model does not have, the model's first. May be asked by many threads at once.
    [[nodiscard]] std::vector<Found> find(std::string_view language,
                                          std::string_view sentence,
                                          std::size_t most) const;

private:
    class Tables;
    explicit Index(std::unique_ptr<Tables> tables);
    std::unique_ptr<Tables> tables_;
};

}  // namespace balcao::search

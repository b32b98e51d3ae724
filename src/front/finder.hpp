#pragma once
// Finds what somebody looks for in words of their own, in the model that is in force: services by the search,
// life events by their names. Used by pages and API, from any thread; the search is made ready when a model
// is asked for the first time (a fifth of a second for two hundred services).
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "search/index.hpp"

namespace balcao::front {

class Finder {
public:
    // Makes the search ready, which else the first who asks waits for.
    void prepare(const std::shared_ptr<const model::Model>& city) const { (void)index_of(city); }

    // The best first; none where no word is known.
    [[nodiscard]] std::vector<const model::Service*> services(const std::shared_ptr<const model::Model>& city,
                                                              std::string_view language,
                                                              std::string_view typed) const;

    static constexpr std::size_t services_most = 10;

private:
    [[nodiscard]] std::shared_ptr<const search::Index> index_of(
        const std::shared_ptr<const model::Model>& city) const;

    mutable std::mutex mutex_;
    mutable std::shared_ptr<const model::Model> city_;  // of which the index is
    mutable std::shared_ptr<const search::Index> index_;
};

// Each word that was typed is in its name or in what people call it.
bool is_meant(const model::LifeEvent& event, std::string_view language, std::string_view typed);

}  // namespace balcao::front

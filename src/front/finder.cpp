#include "front/finder.hpp"

#include "text/utf8.hpp"

namespace balcao::front {

std::shared_ptr<const search::Index> Finder::index_of(const std::shared_ptr<const model::Model>& city) const {
    const std::lock_guard lock{mutex_};
    if (city_ != city) {
        index_ = std::make_shared<const search::Index>(search::Index::of(*city));
        city_ = city;
    }
    return index_;
}

std::vector<const model::Service*> Finder::services(const std::shared_ptr<const model::Model>& city,
                                                    std::string_view language,
                                                    std::string_view typed) const {
    const auto index = index_of(city);
    std::vector<const model::Service*> services;
    for (const auto& found : index->find(language, typed, services_most))
        services.push_back(city->find(found.service));
    return services;
}

bool is_meant(const model::LifeEvent& event, std::string_view language, std::string_view typed) {
    std::string words = model::name_of(event, language);
    for (const auto& also : event.also.in(language))
        words += " " + also;
    return text::has_words(words, typed);
}

}  // namespace balcao::front

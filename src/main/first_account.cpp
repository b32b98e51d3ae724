#include "main/first_account.hpp"

#include <fmt/format.h>

#include "text/words.hpp"
#include "web/pages.hpp"

namespace balcao::cli {

std::string address_to_open(const Serve& command, const std::string& here) {
    std::string address = command.address.empty() ? here : command.address;
    while (address.ends_with('/'))
        address.pop_back();
    for (const auto& [all, own] :
         {std::pair<std::string, std::string>{"http://0.0.0.0:", "http://127.0.0.1:"},
          {"http://[::]:", "http://[::1]:"}})
        if (address.starts_with(all)) return own + address.substr(all.size());
    return address;
}

void tell_how_to_sign_in(const FirstWay& way, staff::Staff& staff, const crypto::SecretKey& key) {
    if (staff.is_founded()) return;
    if (!way.command.is_demonstration) {
        // Of the languages of the city the first that the pages speak.
        const auto language = text::parse_language(way.language).value_or(text::Language::pt);
        fmt::print("There is no account yet. Make the first one at {}/{}/found/{}\n", way.address,
                   text::code_of(language), web::founding_secret_of(key));
        return;
    }
    const std::string password = crypto::random_name().substr(0, 14);
    const auto founded = staff.found({"demo", "Demonstração"}, password, "demonstration");
    if (std::holds_alternative<staff::AccountKey>(founded))
        fmt::print("To call and serve people: {}/desk, name demo, password {}\n", way.address, password);
}

}  // namespace balcao::cli

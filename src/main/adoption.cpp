#include "main/adoption.hpp"

#include <fmt/format.h>

namespace balcao::cli {
namespace {

std::string why(const edition::Refusal& refusal) {
    if (refusal.reason == edition::Reason::other_time_zone)
        return "the file has another time zone than the model in force; days and bookings are kept by its "
               "clocks, so start it with a journal of its own (--data, --database)";
    return "the versions of the model in the journal cannot be read or written now";
}

}  // namespace

Result<edition::InForce> begin_with(edition::Editions& editions, const model::Model& file) {
    if (const auto fits = booking::Bookings::can_offer(file); !fits) return fits.error();
    const auto before = editions.in_force();
    const auto begun = editions.start_with(file);
    if (const auto* refusal = std::get_if<edition::Refusal>(&begun))
        return Error{refusal->reason == edition::Reason::unavailable ? Errc::unavailable : Errc::invalid,
                     why(*refusal)};
    const auto& now = std::get<edition::InForce>(begun);
    const bool is_new = !before || before->entry.number != now.entry.number;
    if (is_new && before)
        fmt::print("The file of the model has changed: it is version {} now, in force from here on.\n",
                   now.entry.number);
    if (!is_new && now.entry.origin != edition::Origin::file)
        fmt::print(
            "In force is version {} of the model, as it was changed on the pages; the file is as it "
            "was.\n",
            now.entry.number);
    return now;
}

office::FindModel models_of(const edition::Editions& editions) {
    return [&editions](office::Edition number) { return editions.model_of(number); };
}

Result<void> Adoption::step() {
    if (auto read = editions_.catch_up(); !read) return read;
    const std::lock_guard lock{mutex_};
    const auto now = editions_.in_force();
    if (!now || now->entry.number <= office_.in_force().edition) return {};
    // The office last: whoever sees that it is there knows that all is.
    if (auto adopted = bookings_.adopt(*now->model); !adopted) return adopted;
    cases_.adopt(*now->model);
    return office_.adopt({now->model, now->entry.number});
}

}  // namespace balcao::cli

#include "office/answer.hpp"

#include "text/json.hpp"

namespace balcao::office {
namespace {

std::optional<Number> number_in(const HallEvent& event) {
    return std::visit(
        [](const auto& one) -> std::optional<Number> {
            if constexpr (requires { one.number; }) return one.number;
            return std::nullopt;
        },
        event);
}

std::optional<DeskId> desk_in(const Command& command) {
    return std::visit(
        [](const auto& one) -> std::optional<DeskId> {
            if constexpr (requires { one.desk; }) return one.desk;
            return std::nullopt;
        },
        command);
}

}  // namespace

std::string answer_of(const Hall& hall,
                      const Command& command,
                      const std::vector<std::pair<HallEvent, Instant>>& events) {
    std::string out;
    text::JsonWriter json{out};
    json.begin_object();
    json.member("site", hall.layout().site().key.text()).member("date", format_date(hall.date()));
    if (const auto desk = desk_in(command)) json.member("desk", to_string(*desk));
    const auto number = events.empty() ? std::nullopt : number_in(events.front().first);
    if (const Visit* visit = number ? hall.find(*number) : nullptr) {
        json.member("number", visit->number.value).member("state", name_of(visit->state));
        if (visit->leg < visit->legs.size()) json.member("service", visit->legs[visit->leg].service.text());
        json.member("calls", visit->calls);
    }
    json.end();
    return out;
}

}  // namespace balcao::office

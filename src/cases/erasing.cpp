#include "cases/erasing.hpp"

#include "cases/decide.hpp"

namespace balcao::cases {

std::optional<journal::Writing> erasing_of(const std::vector<journal::Event>& stream, Instant at) {
    if (stream.empty()) return std::nullopt;
    const auto number = case_of_stream(stream.front().stream);
    if (!number) return std::nullopt;
    auto whole = fold(*number, stream);
    if (!whole || whole->erased) return std::nullopt;
    Draft draft{*std::move(whole), at};
    erase_person(draft);
    return std::move(draft.commit.writings.front());
}

}  // namespace balcao::cases

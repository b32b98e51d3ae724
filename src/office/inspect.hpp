#pragma once
// What must never stand in the stream of a hall, looked for with nothing but the stream: a number given twice
// or left out, a person called to two desks, a desk with two people, a promise that was put off, something
// that happened to nobody. Used after races, crashes and restores, by tests and by `balcao verify`; it shares
// no code with the decisions that it checks.
#include <memory>
#include <string>
#include <vector>

#include "journal/event.hpp"

namespace balcao::office {

// Looks at a stream as it grows.
class Inspector {
public:
    Inspector();
    Inspector(Inspector&&) noexcept;
    Inspector& operator=(Inspector&&) noexcept;
    Inspector(const Inspector&) = delete;
    Inspector& operator=(const Inspector&) = delete;
    ~Inspector();

    // The next event of the stream; the first one first.
    void see(const journal::Event& event);

    // One sentence for each thing found up to now; empty while the stream is in order.
    [[nodiscard]] const std::vector<std::string>& found() const;

private:
    class Rules;
    std::unique_ptr<Rules> rules_;
};

// One sentence for each thing found; empty when the stream is in order. `events` are those of one hall's
// stream from its first on.
std::vector<std::string> inspect(const std::vector<journal::Event>& events);

}  // namespace balcao::office

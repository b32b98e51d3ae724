#pragma once
// Grows the tree of the log anew from its events and compares it with the hashes that the journal keeps.
// Internal to `keeping`.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "journal/log.hpp"
#include "merkle/tree.hpp"

namespace balcao::keeping {

class TreeCheck {
public:
    explicit TreeCheck(const journal::LogStore& log) : log_{log} {}

    void append(const journal::Event& event);

    // Compares what was appended since the last time. Error: unavailable.
    Result<void> compare();

    [[nodiscard]] std::uint64_t size() const { return edge_.size(); }

    [[nodiscard]] merkle::Hash root() const { return edge_.root(); }

    // The hashes that are missing or differ, as they should be.
    [[nodiscard]] const std::vector<merkle::Node>& wrong() const { return wrong_; }

    // The events among them, at most a thousand: "event 17 of the log (site/a/2026-11-22, its event 3)".
    [[nodiscard]] const std::vector<std::string>& wrong_leaves() const { return wrong_leaves_; }

private:
    [[nodiscard]] std::string told(std::uint64_t leaf) const;

    const journal::LogStore& log_;
    merkle::Edge edge_;
    std::vector<std::pair<std::string, std::uint64_t>> names_;  // of the events that are not yet compared
    std::uint64_t names_from_ = 0;
    std::vector<merkle::Node> made_;  // not yet compared
    std::vector<merkle::Node> wrong_;
    std::vector<std::string> wrong_leaves_;
};

}  // namespace balcao::keeping

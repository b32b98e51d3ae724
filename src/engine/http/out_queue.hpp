#pragma once
// Bytes that wait to be sent, some owned and some shared with other connections. Used by sessions; it knows
// no socket.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace balcao::http {

class OutQueue {
public:
    void push(Body bytes) {
        const std::size_t size = view_of(bytes).size();
        if (size == 0) return;
        bytes_ += size;
        parts_.push_back(std::move(bytes));
    }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    [[nodiscard]] bool empty() const { return bytes_ == 0; }

    // The first parts, as many as there is room for; returns how many.
    std::size_t gather(std::span<std::string_view> into) const {
        std::size_t count = 0;
        for (std::size_t place = first_; place < parts_.size() && count < into.size(); ++place) {
            into[count] = view_of(parts_[place]);
            if (count == 0) into[0].remove_prefix(offset_);
            ++count;
        }
        return count;
    }

    // The first `bytes` were sent.
    void consume(std::size_t bytes) {
        bytes_ -= bytes;
        offset_ += bytes;
        while (first_ < parts_.size() && offset_ >= view_of(parts_[first_]).size()) {
            offset_ -= view_of(parts_[first_]).size();
            parts_[first_] = std::string{};
            ++first_;
        }
        if (first_ == parts_.size()) {
            clear();
        } else if (first_ > compact_above) {
            parts_.erase(parts_.begin(), parts_.begin() + static_cast<std::ptrdiff_t>(first_));
            first_ = 0;
        }
    }

    // Gives its memory back, too: thousands of quiet streams have one each.
    void clear() { *this = {}; }

private:
    static constexpr std::size_t compact_above = 64;

    std::vector<Body> parts_;
    std::size_t first_ = 0;
    std::size_t offset_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace balcao::http

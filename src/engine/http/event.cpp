#include "http/event.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "http/characters.hpp"

namespace balcao::http {

namespace {

std::string on_one_line(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
    return out;
}

// Every line of the data as a field of its own; "\r\n", "\r" and "\n" each end one line.
void append_data(std::string& out, std::string_view data) {
    bool goes_on = true;
    while (goes_on) {
        const std::size_t end = data.find_first_of("\r\n");
        goes_on = end != std::string_view::npos;
        out += "data: ";
        out += data.substr(0, end);
        out += '\n';
        if (goes_on) data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
    }
}

}  // namespace

Frame format_event(const Event& event) {
    std::string out;
    out.reserve(event.data.size() + event.name.size() + event.id.size() + 32);
    if (const std::string id = on_one_line(event.id); !id.empty()) out += "id: " + id + '\n';
    if (const std::string name = on_one_line(event.name); !name.empty()) out += "event: " + name + '\n';
    append_data(out, event.data);
    out += '\n';
    return std::make_shared<const std::string>(std::move(out));
}

Frame format_retry(std::chrono::milliseconds wait) {
    return std::make_shared<const std::string>("retry: " + std::to_string(wait.count()) + "\n\n");
}

std::vector<Event> EventParser::feed(std::string_view bytes) {
    std::vector<Event> events;
    for (const char c : bytes) {
        const bool follows_return = std::exchange(skips_newline_, false);
        if (c == '\n' && follows_return) continue;
        if (c != '\n' && c != '\r') {
            line_ += c;
            continue;
        }
        skips_newline_ = c == '\r';
        take_line(line_, events);
        line_.clear();
    }
    return events;
}

void EventParser::take_line(std::string_view line, std::vector<Event>& events) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (std::exchange(is_first_line_, false) && line.starts_with(byte_order_mark))
        line.remove_prefix(byte_order_mark.size());
    if (!line.empty()) {
        const std::size_t colon = line.find(':');
        std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        if (colon != 0) take_field(line.substr(0, colon), value);
        return;
    }
    if (has_data_) {
        event_.id = last_id_;
        events.push_back(std::move(event_));
    }
    event_ = {};
    has_data_ = false;
}

void EventParser::take_field(std::string_view name, std::string_view value) {
    if (name == "data") {
        if (has_data_) event_.data += '\n';
        event_.data += value;
        has_data_ = true;
    } else if (name == "event") {
        event_.name = std::string{value};
    } else if (name == "id" && value.find('\0') == std::string_view::npos) {
        last_id_ = std::string{value};
    } else if (name == "retry" && !value.empty() && std::all_of(value.begin(), value.end(), is_digit)) {
        long milliseconds = 0;
        const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), milliseconds);
        if (fault == std::errc{}) retry_ = std::chrono::milliseconds{milliseconds};
    }
}

}  // namespace balcao::http

#pragma once
// Server-sent events as text (WHATWG HTML, 9.2), both ways: the server writes frames, the reader of the
// client takes them apart. No sockets.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao::http {

struct Event {
    std::string name{};  // the type; empty: "message"
    std::string id{};    // what the client hands back as Last-Event-ID; empty: none
    std::string data{};
    friend bool operator==(const Event&, const Event&) = default;
};

// The bytes of an event, made once and shared by all the streams that it goes to.
using Frame = std::shared_ptr<const std::string>;

// A line break in the data parts it into lines that the client joins again with "\n"; one in a name or an id,
// and a NUL in an id, are left out, for they cannot be told.
Frame format_event(const Event& event);
// Tells the client to wait this long before it connects again.
Frame format_retry(std::chrono::milliseconds wait);

// Takes a stream apart, however the bytes are cut.
class EventParser {
public:
    // The events that are complete with these bytes. An event without data is none.
    std::vector<Event> feed(std::string_view bytes);

    // The wait that the server asked for last.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const { return retry_; }

private:
    void take_line(std::string_view line, std::vector<Event>& events);
    void take_field(std::string_view name, std::string_view value);

    std::string line_;
    Event event_;
    std::string last_id_;
    bool has_data_ = false;
    bool skips_newline_ = false;
    bool is_first_line_ = true;
    std::optional<std::chrono::milliseconds> retry_;
};

}  // namespace balcao::http

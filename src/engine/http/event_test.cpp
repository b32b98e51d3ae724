#include "http/event.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao::http;

namespace {

std::string with_newlines(std::string text) {
    std::string out;
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (text[place] == '\r') {
            if (place + 1 < text.size() && text[place + 1] == '\n') ++place;
            out += '\n';
        } else {
            out += text[place];
        }
    }
    return out;
}

std::string cleaned(const std::string& text) {
    std::string out = text;
    std::erase_if(out, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    return out;
}

}  // namespace

TEST_CASE("an event is written with its id, its name and every line of its data") {
    CHECK(*format_event({"call", "42", "A 117\ndesk 4"}) ==
          "id: 42\nevent: call\ndata: A 117\ndata: desk 4\n\n");
    CHECK(*format_event({}) == "data: \n\n");
    CHECK(*format_event({"a\nb", "1\r2", "x"}) == "id: 12\nevent: ab\ndata: x\n\n");
    CHECK(*format_retry(std::chrono::seconds{3}) == "retry: 3000\n\n");
}

TEST_CASE("the examples of the standard are read as it says") {
    EventParser parser;
    const auto events = parser.feed(
        ": a comment\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n");
    REQUIRE(events.size() == 3);
    CHECK(events[0] == Event{"", "1", "first event"});
    CHECK(events[1] == Event{"", "", "second event"});
    CHECK(events[2] == Event{"", "", " third event"});
    EventParser empty_lines;
    CHECK(empty_lines.feed("data\n\ndata\ndata\n\ndata:") == std::vector<Event>{{}, {"", "", "\n"}});
}

TEST_CASE("a byte order mark, every line end and a retry are understood, an event without data is none") {
    EventParser parser;
    CHECK(parser
              .feed("\xEF\xBB\xBF"
                    "data: a\r\n\r\ndata: b\r\r")
              .size() == 2);
    CHECK(parser.feed("event: x\n\nretry: 1500\nretry: 1s\n\nunknown: y\n\n").empty());
    CHECK(parser.retry() == std::chrono::milliseconds{1500});
}

TEST_CASE("events read back, wherever the bytes are cut") {
    CHECK(rc::check(
        [](const std::string& name, const std::string& id, const std::string& data, unsigned cut_at) {
            const Frame frame = format_event({name, id, data});
            const std::size_t place = cut_at % (frame->size() + 1);
            EventParser parser;
            auto events = parser.feed(frame->substr(0, place));
            for (Event& event : parser.feed(frame->substr(place)))
                events.push_back(event);
            const std::vector<Event> expected{{cleaned(name), cleaned(id), with_newlines(data)}};
            RC_ASSERT(events == expected);
        }));
}

#include "office/hall_event.hpp"

#include <utility>

#include "text/json.hpp"

namespace balcao::office {
namespace {

using text::JsonView;
using text::JsonWriter;

// The members of each event, in the order in which they are written. `part` is asked for each with its name.
template <class Part>
void members(Part& part, DeskOpened& event) {
    part("desk", event.desk);
    part("staff", event.staff);
}

template <class Part>
void members(Part& part, DeskMoved& event) {
    part("from", event.from);
    part("to", event.to);
    part("staff", event.staff);
}

template <class Part>
void members(Part& part, VisitBegun& event) {
    part("number", event.number);
    part("legs", event.legs);
    part("rank", event.rank);
    part("standing", event.standing);
    part("channel", event.channel);
    part("person", event.person);
}

template <class Part>
void members(Part& part, VisitCalled& event) {
    part("number", event.number);
    part("desk", event.desk);
    part("passed_over", event.passed_over);
}

template <class Part>
void members(Part& part, VisitRequeued& event) {
    part("number", event.number);
    part("desk", event.desk);
    part("manner", event.manner);
}

template <class Part>
void members(Part& part, ServiceAdded& event) {
    part("number", event.number);
    part("leg", event.leg);
}

template <class Part>
void members(Part& part, VisitTransferred& event) {
    part("number", event.number);
    part("desk", event.desk);
    part("to", event.to);
}

template <class Part>
void members(Part& part, TransferUndone& event) {
    part("number", event.number);
    part("desk", event.desk);
    part("reason", event.reason);
}

template <class Part>
void members(Part& part, ServiceEnded& event) {
    part("number", event.number);
    part("desk", event.desk);
    part("then", event.then);
    part("next", event.next);
}

template <class Part>
void members(Part& part, PromiseMade& event) {
    part("number", event.number);
    part("from", event.from);
    part("to", event.to);
    part("at_latest", event.at_latest);
    part("basis", event.basis);
}

// Events of a number, a desk or both; of nothing; of a desk and who did it.
template <class Part, class Event>
void members(Part& part, Event& event) {
    if constexpr (requires { event.number; }) part("number", event.number);
    if constexpr (requires { event.desk; }) part("desk", event.desk);
    if constexpr (requires { event.by; }) part("by", event.by);
}

template <class T>
struct WordsOf;

template <>
struct WordsOf<Standing> {
    static constexpr std::string_view words[] = {"ordinary", "priority"};
};

template <>
struct WordsOf<Requeue> {
    static constexpr std::string_view words[] = {"keep_count", "lower_count", "forget_calls"};
};

template <>
struct WordsOf<Then> {
    static constexpr std::string_view words[] = {"goes", "stays", "waits", "collects"};
};

template <>
struct WordsOf<rules::WaitBasis> {
    static constexpr std::string_view words[] = {"simulated", "queue_length"};
};

// What is empty, or the first of its kind, is not written: members begin as that.
class Put {
public:
    explicit Put(std::string& out) : json_{out} { json_.begin_object(); }

    void end() { json_.end(); }

    void operator()(std::string_view name, const Number& number) { json_.member(name, number.value); }

    void operator()(std::string_view name, const DeskId& desk) { json_.member(name, to_string(desk)); }

    // Whole minutes since 1970, UTC.
    void operator()(std::string_view name, Instant at) {
        json_.member(name, std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()).count());
    }

    void operator()(std::string_view name, int number) {
        if (number != 0) json_.member(name, number);
    }

    void operator()(std::string_view name, const std::string& words) {
        if (!words.empty()) json_.member(name, words);
    }

    template <class Tag>
    void operator()(std::string_view name, const Key<Tag>& key) {
        (*this)(name, key.text());
    }

    template <class Word>
    requires std::is_enum_v<Word>

    void operator()(std::string_view name, Word word) {
        if (word != Word{}) json_.member(name, WordsOf<Word>::words[static_cast<std::size_t>(word)]);
    }

    void operator()(std::string_view name, const std::vector<Number>& numbers) {
        if (numbers.empty()) return;
        json_.key(name).begin_array();
        for (const Number number : numbers)
            json_.value(number.value);
        json_.end();
    }

    void operator()(std::string_view name, const Leg& leg) {
        json_.key(name);
        write(leg);
    }

    void operator()(std::string_view name, const std::optional<Leg>& leg) {
        if (leg) (*this)(name, *leg);
    }

    void operator()(std::string_view name, const std::vector<Leg>& legs) {
        json_.key(name).begin_array();
        for (const Leg& leg : legs)
            write(leg);
        json_.end();
    }

private:
    void write(const Leg& leg) {
        json_.begin_object();
        (*this)("service", leg.service);
        (*this)("step", leg.step);
        if (leg.only) (*this)("only", *leg.only);
        json_.end();
    }

    JsonWriter json_;
};

// What is not there stays as it is; what is there and of another form is the first mistake that is kept.
class Take {
public:
    explicit Take(JsonView json) : json_{json} {}

    [[nodiscard]] const std::string& mistake() const { return mistake_; }

    void operator()(std::string_view name, Number& number) { read(json_[name], name, number); }

    void operator()(std::string_view name, DeskId& desk) {
        const auto found = parse_desk(json_[name].as_text().value_or(""));
        if (!found) return refuse(name);
        desk = *found;
    }

    void operator()(std::string_view name, Instant& at) {
        const auto found = json_[name].as_whole_number();
        if (!found || *found < 0 || *found > 1'000'000'000) return refuse(name);
        at = Instant{std::chrono::minutes{*found}};
    }

    void operator()(std::string_view name, int& number) {
        if (!json_[name].exists()) return;
        const auto found = json_[name].as_whole_number();
        if (!found || std::abs(*found) > 1'000'000'000) return refuse(name);
        number = static_cast<int>(*found);
    }

    void operator()(std::string_view name, std::string& words) {
        if (!json_[name].exists()) return;
        const auto found = json_[name].as_text();
        if (!found) return refuse(name);
        words = *found;
    }

    template <class Tag>
    void operator()(std::string_view name, Key<Tag>& key) {
        std::string words;
        (*this)(name, words);
        key = Key<Tag>{std::move(words)};
    }

    template <class Word>
    requires std::is_enum_v<Word>

    void operator()(std::string_view name, Word& word) {
        if (!json_[name].exists()) return;
        const auto found = json_[name].as_text();
        std::size_t place = 0;
        for (const std::string_view one : WordsOf<Word>::words) {
            if (found == one) word = static_cast<Word>(place);
            if (found == one) return;
            ++place;
        }
        refuse(name);
    }

    void operator()(std::string_view name, std::vector<Number>& numbers) {
        const JsonView list = json_[name];
        for (std::size_t place = 0; place < list.size(); ++place)
            read(list.at(place), name, numbers.emplace_back());
    }

    void operator()(std::string_view name, Leg& leg) {
        if (!json_[name].is_object()) return refuse(name);
        read(json_[name], leg);
    }

    void operator()(std::string_view name, std::optional<Leg>& leg) {
        if (json_[name].exists()) (*this)(name, leg.emplace());
    }

    void operator()(std::string_view name, std::vector<Leg>& legs) {
        const JsonView list = json_[name];
        if (!list.is_array() || list.size() == 0) return refuse(name);
        for (std::size_t place = 0; place < list.size(); ++place)
            read(list.at(place), legs.emplace_back());
    }

private:
    void refuse(std::string_view name) {
        if (mistake_.empty()) mistake_ = name;
    }

    void read(JsonView json, std::string_view name, Number& number) {
        const auto found = json.as_whole_number();
        if (!found || *found < 0 || *found > 1'000'000'000) return refuse(name);
        number.value = static_cast<std::uint32_t>(*found);
    }

    void read(JsonView json, Leg& leg) {
        Take inner{json};
        inner("service", leg.service);
        inner("step", leg.step);
        if (leg.service.empty()) inner.refuse("service");
        if (json["only"].exists()) inner("only", leg.only.emplace());
        if (!inner.mistake_.empty()) refuse(inner.mistake_);
    }

    JsonView json_;
    std::string mistake_;
};

template <std::size_t index = 0>
Result<HallEvent> decode_as(const journal::Event& event, JsonView body) {
    if constexpr (index == std::variant_size_v<HallEvent>) {
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) +
                                        ": an event of the type " + event.type + ", which is not known here"};
    } else {
        using Type = std::variant_alternative_t<index, HallEvent>;
        if (event.type != Type::type) return decode_as<index + 1>(event, body);
        Type read;
        Take part{body};
        members(part, read);
        if (part.mistake().empty()) return HallEvent{std::move(read)};
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) + ": the " +
                                        part.mistake() + " of this " + event.type + " cannot be read"};
    }
}

}  // namespace

std::string stream_of(const model::SiteKey& site, Date date) {
    return "site/" + site.text() + "/" + format_date(date);
}

journal::Draft encode(const HallEvent& event) {
    return std::visit(
        [](auto one) {
            journal::Draft draft{std::string{one.type}, {}};
            Put part{draft.body};
            members(part, one);
            part.end();
            return draft;
        },
        event);
}

Result<HallEvent> decode(const journal::Event& event) {
    auto body = text::Json::parse(event.body, event.stream);
    if (!body) return body.error();
    return decode_as(event, body->root());
}

}  // namespace balcao::office

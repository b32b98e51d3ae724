#include "keeping/backup_line.hpp"

#include "base/check.hpp"
#include "text/json.hpp"

namespace balcao::keeping {

namespace {

using text::JsonView;
using text::JsonWriter;

struct Writer {
    JsonWriter& json;

    void operator()(const journal::Head& head) const { json.value("head").value(head.size).value(head.text); }

    void operator()(const journal::Event& event) const {
        json.value("event")
            .value(event.stream)
            .value(event.version)
            .value(std::int64_t{event.at.time_since_epoch().count()})
            .value(event.type)
            .value(event.body)
            .value(crypto::to_base64(event.salt));
    }

    void operator()(const journal::Answer& answer) const {
        json.value("answer").value(answer.command).value(answer.text);
    }

    void operator()(const journal::Claim& claim) const {
        json.value("claim").value(claim.key).value(claim.holder);
    }

    void operator()(const journal::PersonKey& key) const {
        json.value("key").value(key.person).value(crypto::to_base64(key.wrapped));
    }

    void operator()(const merkle::Node&) const { BALCAO_CHECK(false); }  // hashes follow from the events
};

// The elements of a line, each asked for once; what is missing or of another kind spoils the line.
class Elements {
public:
    explicit Elements(JsonView line) : line_{line} {}

    std::string text() {
        const auto found = line_.at(place_++).as_text();
        is_good_ = is_good_ && found.has_value();
        return std::string{found.value_or("")};
    }

    std::int64_t number() {
        const auto found = line_.at(place_++).as_whole_number();
        is_good_ = is_good_ && found.has_value();
        return found.value_or(0);
    }

    std::uint64_t count() {
        const auto found = number();
        is_good_ = is_good_ && found >= 0;
        return static_cast<std::uint64_t>(found);
    }

    std::string bytes() {
        auto found = crypto::from_base64(text());
        is_good_ = is_good_ && found.has_value();
        return found.value_or("");
    }

    [[nodiscard]] bool is_whole() const { return is_good_ && place_ == line_.size(); }

private:
    JsonView line_;
    std::size_t place_ = 0;
    bool is_good_ = true;
};

std::optional<Line> line_in(Elements& elements) {
    const auto kind = elements.text();
    if (kind == "head") {
        const auto size = elements.count();
        return journal::Kept{journal::Head{size, elements.text()}};
    }
    if (kind == "event") {
        journal::Event event;
        event.stream = elements.text();
        event.version = elements.count();
        event.at = journal::Instant{std::chrono::milliseconds{elements.number()}};
        event.type = elements.text();
        event.body = elements.text();
        event.salt = elements.bytes();
        return journal::Kept{event};
    }
    if (kind == "erased") return ErasedMark{elements.text()};
    auto name = elements.text();
    if (kind == "answer") return journal::Kept{journal::Answer{std::move(name), elements.text()}};
    if (kind == "claim") return journal::Kept{journal::Claim{std::move(name), elements.text(), false}};
    if (kind == "key") return journal::Kept{journal::PersonKey{std::move(name), elements.bytes()}};
    return std::nullopt;
}

}  // namespace

std::string line_of(const journal::Kept& kept) {
    std::string line;
    JsonWriter json{line};
    json.begin_array();
    std::visit(Writer{json}, kept);
    json.end();
    return line;
}

std::string line_of(const ErasedMark& erased) {
    std::string line;
    JsonWriter json{line};
    json.begin_array().value("erased").value(erased.mark).end();
    return line;
}

std::string_view kind_of(std::string_view line) {
    if (!line.starts_with("[\"")) return {};
    line.remove_prefix(2);
    return line.substr(0, line.find('"'));
}

Result<Line> read_line(std::string_view line) {
    BALCAO_TRY(const auto document, text::Json::parse(line, "line"));
    Elements elements{document.root()};
    auto read = line_in(elements);
    if (!read || !elements.is_whole()) return Error{Errc::invalid, "it is no line of a backup"};
    return *std::move(read);
}

}  // namespace balcao::keeping

#include "keeping/receipt.hpp"

#include <algorithm>
#include <charconv>

#include "keeping/words.hpp"
#include "office/hall_event.hpp"
#include "text/json.hpp"

namespace balcao::keeping {

namespace {

constexpr std::string_view page_of_case = "/cases/";
constexpr std::string_view sessions_prefix = "assist/";

// "baixa", "2026-11-24", "117" and what may follow, cut at `mark`.
std::optional<TicketName> cut(std::string_view text, char mark) {
    const auto site_end = text.find(mark);
    if (site_end == std::string_view::npos) return std::nullopt;
    const auto date_end = text.find(mark, site_end + 1);
    if (date_end == std::string_view::npos) return std::nullopt;
    const auto number_end = std::min(text.find(mark, date_end + 1), text.size());
    const auto date = parse_date(text.substr(site_end + 1, date_end - site_end - 1));
    const auto digits = text.substr(date_end + 1, number_end - date_end - 1);
    TicketName ticket;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), ticket.number.value);
    if (site_end == 0 || !date || read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
        return std::nullopt;
    ticket.site = model::SiteKey{std::string{text.substr(0, site_end)}};
    ticket.date = *date;
    return ticket;
}

bool is_about(const office::HallEvent& event, office::Number number) {
    return std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.number; })
                return one.number == number;
            else
                return false;
        },
        event);
}

void write(text::JsonWriter& json, const journal::Receipt& receipt) {
    json.begin_object()
        .member("entry", receipt.entry)
        .member("index", receipt.index)
        .key("proof")
        .begin_array();
    for (const auto& hash : receipt.proof)
        json.value(crypto::to_base64(crypto::bytes_of(hash)));
    json.end().member("checkpoint", receipt.checkpoint).end();
}

// One element of the list as the text that journal::check_receipt takes.
std::string text_of(const text::JsonView& event) {
    std::string text;
    text::JsonWriter json{text};
    json.begin_object()
        .member("entry", event["entry"].as_text().value_or(""))
        .member("index", event["index"].as_whole_number().value_or(-1))
        .key("proof")
        .begin_array();
    for (std::size_t step = 0; step < event["proof"].size(); ++step)
        json.value(event["proof"].at(step).as_text().value_or(""));
    json.end().member("checkpoint", event["checkpoint"].as_text().value_or("")).end();
    return text;
}

// What a receipt is of: a "ticket", and which.
struct About {
    std::string kind;
    std::string name;
};

// All of these events that are in the log.
Result<std::string> written(const journal::Log& log,
                            const std::vector<journal::Event>& events,
                            const About& about) {
    const std::string name = about.kind + " " + about.name;
    if (events.empty())
        return Error{Errc::not_found, "There is no " + name + " in this journal.", about.kind};
    std::string out;
    text::JsonWriter json{out};
    json.begin_object(text::JsonLines::each)
        .member("receipt", 1)
        .member("log", log.verifier())
        .key("events")
        .begin_array(text::JsonLines::each);
    bool is_any_in_log = false;
    std::optional<Error> failed;
    for (const auto& event : events) {
        const auto receipt = log.receipt(event);
        if (!receipt) failed = receipt.error();
        if (failed || !*receipt) break;
        is_any_in_log = true;
        write(json, **receipt);
    }
    json.end().end();
    if (failed) return *failed;
    if (!is_any_in_log)
        return Error{Errc::conflict,
                     "The notary has not taken " + name + " into the log yet; ask again in a few seconds.",
                     about.kind};
    return out + "\n";
}

Error not_a_receipt(const std::string& what) { return {Errc::invalid, what, "receipt"}; }

Result<void> read_entry(std::string_view entry, ReceiptRead& read) {
    BALCAO_TRY(const auto document, text::Json::parse(entry, "entry"));
    const auto root = document.root();
    const auto stream = root["stream"].as_text();
    const auto at = root["at"].as_whole_number();
    const auto type = root["type"].as_text();
    const auto body = root["body"].as_text();
    const auto version = root["version"].as_whole_number();
    if (!stream || !at || !type || !body || !version)
        return not_a_receipt("An entry of it is no event of a journal.");
    if (!read.stream.empty() && read.stream != *stream)
        return not_a_receipt("Its events are of two streams: " + read.stream + " and " +
                             std::string{*stream} + ".");
    read.stream = *stream;
    const auto next = static_cast<std::int64_t>(read.events.size()) + 1;
    const bool is_case = cases::case_of_stream(read.stream).has_value();
    if ((is_case || read.stream.starts_with(sessions_prefix)) && *version != next)
        return not_a_receipt("Event " + std::to_string(next) + " of the " + (is_case ? "case" : "session") +
                             " should come, and " + std::to_string(*version) + " does.");
    const Instant time{std::chrono::milliseconds{*at}};
    read.events.push_back(time_text(time) + " " + std::string{*type} + " " + std::string{*body});
    return {};
}

}  // namespace

std::optional<TicketName> ticket_of(std::string_view text) {
    if (const auto page = text.rfind("/tickets/"); page != std::string_view::npos)
        return cut(text.substr(page + std::string_view{"/tickets/"}.size()), '.');
    if (text.starts_with("site/")) text.remove_prefix(std::string_view{"site/"}.size());
    if (auto ticket = cut(text, '/')) return ticket;
    return cut(text, '.');
}

std::optional<cases::CaseNumber> case_of(std::string_view text) {
    if (const auto page = text.rfind(page_of_case); page != std::string_view::npos)
        text.remove_prefix(page + page_of_case.size());
    else if (text.starts_with(cases::cases_prefix))
        text.remove_prefix(cases::cases_prefix.size());
    cases::CaseNumber number;
    const bool is_one = from_text(text.substr(0, text.find_first_of("./?#")), number);
    return is_one ? std::optional{number} : std::nullopt;
}

std::string stream_of(const TicketName& ticket) {
    return "site/" + ticket.site.text() + "/" + format_date(ticket.date);
}

Result<std::string> receipt_of(const journal::Store& store,
                               const journal::Log& log,
                               const TicketName& ticket) {
    BALCAO_TRY(auto events, store.read(stream_of(ticket), 0));
    std::erase_if(events, [&](const auto& event) {
        const auto decoded = office::decode(event);
        return !decoded || !is_about(*decoded, ticket.number);
    });
    return written(log, events,
                   {"ticket", std::to_string(ticket.number.value) + " of " + ticket.site.text() + " on " +
                                  format_date(ticket.date)});
}

Result<std::string> receipt_of(const journal::Store& store,
                               const journal::Log& log,
                               const cases::CaseNumber& number) {
    BALCAO_TRY(const auto events, store.read(stream_of(number), 0));
    return written(log, events, {"case", to_text(number)});
}

Result<std::string> receipt_of_session(const journal::Store& store,
                                       const journal::Log& log,
                                       const std::string& stream) {
    BALCAO_TRY(const auto events, store.read(stream, 0));
    return written(log, events, {"session", stream});
}

Result<ReceiptRead> read_receipt(std::string_view json, std::string_view verifier) {
    BALCAO_TRY(const auto document, text::Json::parse(json, "receipt"));
    const auto root = document.root();
    const auto named = root["log"].as_text();
    const auto events = root["events"];
    if (root["receipt"].as_whole_number() != 1 || !named || events.size() == 0)
        return not_a_receipt(
            "It has no \"receipt\": 1, no \"log\" or no \"events\"; a receipt has all three.");
    ReceiptRead read;
    read.is_own_key = verifier.empty();
    read.log = std::string{verifier.empty() ? *named : verifier};
    for (std::size_t place = 0; place < events.size(); ++place) {
        const auto checked = journal::check_receipt(text_of(events.at(place)), read.log);
        if (!checked)
            return not_a_receipt("Event " + std::to_string(place + 1) + " of it: " + checked.error().what);
        if (checked->head.size >= read.head.head.size) read.head = *checked;
        if (auto entry = read_entry(events.at(place)["entry"].as_text().value_or(""), read); !entry)
            return entry.error();
    }
    return read;
}

}  // namespace balcao::keeping

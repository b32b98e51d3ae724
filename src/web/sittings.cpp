#include "web/sittings.hpp"

#include "text/json.hpp"

namespace balcao::web {
namespace {

const http::Event news{.name = "changed", .data = "now"};

http::Frame frame_of(const assist::EchoLine& line) {
    std::string text;
    {
        text::JsonWriter json{text};
        json.begin_object();
        json.member("sequence", static_cast<std::int64_t>(line.sequence));
        json.member("from", assist::name_of(line.from));
        json.member("step", line.step.text());
        json.member("field", line.field.text());
        json.member("text", line.text);
        json.end();
    }
    return http::format_event({.name = "echo", .data = std::move(text)});
}

}  // namespace

Sittings::Sittings(assist::Sessions& sessions, const crypto::SecretKey& installation)
    : sessions_{sessions}, home_{installation.derive("links of sessions carried home")} {
    sessions.listen([this](const assist::SessionKey& session) { changed(session); });
    sessions.listen_to_echo(
        [this](const assist::SessionKey& session, const assist::EchoLine& line) { typed(session, line); });
}

void Sittings::follow(const assist::SessionKey& session,
                      const assist::Hand& hand,
                      const http::EventStream& stream) {
    if (!sessions_.is_of(session, hand)) return stream.close();
    {
        const std::lock_guard lock{mutex_};
        Table& table = tables_[session];
        table.followers.push_back({hand, stream});
        table.topic.join(stream);
    }
    // What happened before it joined.
    stream.send(news);
}

// Whoever is no longer of it hears no more of it.
void Sittings::changed(const assist::SessionKey& session) {
    std::vector<Follower> followers;
    {
        const std::lock_guard lock{mutex_};
        const auto found = tables_.find(session);
        if (found == tables_.end()) return;
        auto& all = found->second.followers;
        std::erase_if(all, [](const Follower& one) { return !one.stream.is_open(); });
        followers = all;
        found->second.topic.publish(http::format_event(news));
    }
    for (const auto& one : followers)
        if (!sessions_.is_of(session, one.hand)) one.stream.close();
    if (!sessions_.is_open(session) && followers.empty()) {
        const std::lock_guard lock{mutex_};
        tables_.erase(session);
    }
}

void Sittings::typed(const assist::SessionKey& session, const assist::EchoLine& line) {
    const std::lock_guard lock{mutex_};
    const auto found = tables_.find(session);
    if (found != tables_.end())
        found->second.topic.publish(line.is_cleared ? http::format_event(news) : frame_of(line));
}

void Sittings::give(const assist::CodeSlip& slip) {
    const std::lock_guard lock{mutex_};
    tables_[slip.session].slip = slip;
}

std::optional<assist::CodeSlip> Sittings::given(const assist::SessionKey& session) const {
    const std::lock_guard lock{mutex_};
    const auto found = tables_.find(session);
    return found == tables_.end() ? std::nullopt : found->second.slip;
}

void Sittings::ask_witness(const assist::SessionKey& session, const assist::Proxy& proxy) {
    const std::lock_guard lock{mutex_};
    tables_[session].witness_asked = proxy;
}

std::optional<assist::Proxy> Sittings::witness_asked(const assist::SessionKey& session) const {
    const std::lock_guard lock{mutex_};
    const auto found = tables_.find(session);
    return found == tables_.end() ? std::nullopt : found->second.witness_asked;
}

void Sittings::drop_witness(const assist::SessionKey& session) {
    const std::lock_guard lock{mutex_};
    if (const auto found = tables_.find(session); found != tables_.end()) found->second.witness_asked.reset();
}

void Sittings::reads(const assist::SessionKey& session, text::Language language) {
    const std::lock_guard lock{mutex_};
    tables_[session].language = language;
}

std::optional<text::Language> Sittings::language_of(const assist::SessionKey& session) const {
    const std::lock_guard lock{mutex_};
    const auto found = tables_.find(session);
    return found == tables_.end() ? std::nullopt : found->second.language;
}

}  // namespace balcao::web

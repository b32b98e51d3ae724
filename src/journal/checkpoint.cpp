#include "journal/checkpoint.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "text/json.hpp"

namespace balcao::journal {

namespace {

constexpr std::string_view dash = "\u2014 ";  // em dash and a space: how a signature's line begins
constexpr std::string_view ed25519_mark{"\x01", 1};
constexpr std::string_view time_mark = "time ";

// The first four bytes of SHA-256 of name, line feed, kind of key and key.
std::string key_id(std::string_view origin, std::string_view marked_key) {
    const auto hash = crypto::sha256({origin, "\n", marked_key});
    return std::string{crypto::bytes_of(hash).substr(0, 4)};
}

struct Verifier {
    std::string origin;
    std::string id;
    crypto::PublicKey key{};
};

std::optional<Verifier> read_verifier(std::string_view text) {
    const auto first = text.find('+');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find('+', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto id = crypto::from_hex(text.substr(first + 1, second - first - 1));
    const auto marked = crypto::from_base64(text.substr(second + 1));
    if (!id || !marked || !marked->starts_with(ed25519_mark)) return std::nullopt;
    const auto key = crypto::from_bytes<32>(std::string_view{*marked}.substr(1));
    Verifier verifier{std::string{text.substr(0, first)}, *id, key.value_or(crypto::PublicKey{})};
    if (!key || key_id(verifier.origin, *marked) != *id) return std::nullopt;
    return verifier;
}

std::string body_of(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" +
           crypto::to_base64(crypto::bytes_of(checkpoint.head.root)) + "\n" + std::string{time_mark} +
           std::to_string(checkpoint.at.time_since_epoch().count()) + "\n";
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The lines of a text that ends with a line feed.
std::optional<std::vector<std::string_view>> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::optional<Checkpoint> read_body(std::string_view body) {
    const auto lines = lines_of(body);
    if (!lines || lines->size() != 4 || !(*lines)[3].starts_with(time_mark)) return std::nullopt;
    const auto size = read_number<std::uint64_t>((*lines)[1]);
    const auto root = crypto::from_base64((*lines)[2]);
    const auto time = read_number<std::int64_t>((*lines)[3].substr(time_mark.size()));
    if (!size || !root || !time) return std::nullopt;
    const auto hash = crypto::from_bytes<32>(*root);
    if (!hash) return std::nullopt;
    return Checkpoint{std::string{(*lines)[0]}, {*size, *hash}, Instant{std::chrono::milliseconds{*time}}};
}

bool has_signature(std::string_view body, std::string_view signatures, const Verifier& verifier) {
    const auto lines = lines_of(signatures);
    if (!lines) return false;
    const std::string beginning = std::string{dash} + verifier.origin + " ";
    for (const auto line : *lines) {
        if (!line.starts_with(beginning)) continue;
        const auto bytes = crypto::from_base64(line.substr(beginning.size()));
        if (!bytes || !bytes->starts_with(verifier.id)) continue;
        const auto signature = crypto::from_bytes<64>(std::string_view{*bytes}.substr(verifier.id.size()));
        if (signature && crypto::is_signed(verifier.key, body, *signature)) return true;
    }
    return false;
}

}  // namespace

std::string verifier_of(std::string_view origin, const crypto::PublicKey& key) {
    const std::string marked = std::string{ed25519_mark} + std::string{crypto::bytes_of(key)};
    return std::string{origin} + "+" + crypto::to_hex(key_id(origin, marked)) + "+" +
           crypto::to_base64(marked);
}

std::string signed_text(const Checkpoint& checkpoint, const crypto::SigningKey& key) {
    const std::string body = body_of(checkpoint);
    const std::string marked = std::string{ed25519_mark} + std::string{crypto::bytes_of(key.public_key())};
    const auto signature = key.sign(body);
    return body + "\n" + std::string{dash} + checkpoint.origin + " " +
           crypto::to_base64(key_id(checkpoint.origin, marked) + std::string{crypto::bytes_of(signature)}) +
           "\n";
}

Result<Checkpoint> read_checkpoint(std::string_view text, std::string_view verifier) {
    const auto who = read_verifier(verifier);
    if (!who) return Error{Errc::invalid, "The log's key is not of the form name+digits+key.", "verifier"};
    const auto gap = text.find("\n\n");
    if (gap == std::string_view::npos)
        return Error{Errc::invalid, "The checkpoint has no signature.", "checkpoint"};
    const auto body = text.substr(0, gap + 1);
    const auto checkpoint = read_body(body);
    if (!checkpoint)
        return Error{Errc::invalid, "The checkpoint is not four lines of name, size, root and time.",
                     "checkpoint"};
    if (checkpoint->origin != who->origin)
        return Error{Errc::invalid, "The checkpoint is of the log \"" + checkpoint->origin + "\".",
                     "checkpoint"};
    if (!has_signature(body, text.substr(gap + 2), *who))
        return Error{Errc::invalid, "The checkpoint is not signed with the log's key.", "checkpoint"};
    return *checkpoint;
}

std::string to_json(const Receipt& receipt) {
    std::string out;
    text::JsonWriter json{out};
    json.begin_object()
        .member("entry", receipt.entry)
        .member("index", receipt.index)
        .key("proof")
        .begin_array();
    for (const auto& hash : receipt.proof)
        json.value(crypto::to_base64(crypto::bytes_of(hash)));
    json.end().member("checkpoint", receipt.checkpoint).end();
    return out;
}

Result<Checkpoint> check_receipt(std::string_view json, std::string_view verifier) {
    BALCAO_TRY(const auto document, text::Json::parse(json, "receipt"));
    const auto root = document.root();
    const auto entry = root["entry"].as_text();
    const auto index = root["index"].as_whole_number();
    const auto checkpoint_text = root["checkpoint"].as_text();
    if (!entry || !index || *index < 0 || !checkpoint_text || !root["proof"].is_array())
        return Error{Errc::invalid, "A receipt has an entry, an index, a proof and a checkpoint.", "receipt"};
    std::vector<merkle::Hash> proof;
    for (std::size_t step = 0; step < root["proof"].size(); ++step) {
        const auto bytes = crypto::from_base64(root["proof"].at(step).as_text().value_or(""));
        const auto hash = bytes ? crypto::from_bytes<32>(*bytes) : std::nullopt;
        if (!hash) return Error{Errc::invalid, "A step of the proof is not 32 bytes in base 64.", "proof"};
        proof.push_back(*hash);
    }
    BALCAO_TRY(auto checkpoint, read_checkpoint(*checkpoint_text, verifier));
    if (!merkle::is_included(merkle::leaf_hash(*entry), static_cast<std::uint64_t>(*index), checkpoint.head,
                             proof))
        return Error{Errc::invalid, "The proof does not lead from the entry to the checkpoint's root.",
                     "proof"};
    return checkpoint;
}

}  // namespace balcao::journal

#include "assist/sheet.hpp"

#include <algorithm>
#include <set>

#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "journal/codec.hpp"

namespace balcao::assist {

// What is sealed of a showing.
struct SealedShowing {
    Sheet sheet;
    std::string salt;
    std::string blind;
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Field>

void members(Part& part, Value& field) {
    part("field", field.field);
    part.may_lack("label", field.label);
    part.may_lack("value", field.value);
    part.may_lack("secret", field.is_secret);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, ConsentAsked>

void members(Part& part, Value& asked) {
    part("receiver", asked.receiver);
    part("item", asked.item);
    part.may_lack("words", asked.words);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Sheet>

void members(Part& part, Value& sheet) {
    part("step", sheet.step);
    part("language", sheet.language);
    part.may_lack("title", sheet.title);
    part.may_lack("fields", sheet.fields);
    part.may_lack("consents", sheet.consents);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, SealedShowing>

void members(Part& part, Value& sealed) {
    part("sheet", sealed.sheet);
    part("salt", sealed.salt);
    part("blind", sealed.blind);
}

namespace {

void append_line(std::string& out, std::string_view word, std::string_view bytes) {
    out.append(word).append(" ").append(std::to_string(bytes.size())).append(":").append(bytes).append("\n");
}

std::size_t bytes_of_texts(const Sheet& sheet) {
    std::size_t bytes = sheet.title.size();
    for (const auto& field : sheet.fields)
        bytes += field.label.size() + field.value.size();
    for (const auto& asked : sheet.consents)
        bytes += asked.words.size();
    return bytes;
}

}  // namespace

SheetSeen seen_of(const Showing& showing) {
    const Sheet& sheet = showing.sheet;
    SheetSeen seen{showing.session,
                   showing.number,
                   sheet.step,
                   sheet.language,
                   sheet.title,
                   crypto::to_hex(showing.salt),
                   {},
                   sheet.consents};
    for (const auto& field : sheet.fields) {
        FieldSeen& one =
            seen.fields.emplace_back(FieldSeen{field.field, field.label, field.value, field.is_secret, {}});
        if (!field.is_secret) continue;
        const auto mark =
            crypto::sha256({"balcao secret 1\n", showing.blind, field.field.text(), "\n", field.value});
        one.mark = crypto::to_hex(crypto::bytes_of(mark));
        one.value = secret_mask;
    }
    return seen;
}

std::string canonical_text_of(const SheetSeen& seen) {
    std::string text;
    append_line(text, "seen", "1");
    append_line(text, "session", seen.session.text());
    append_line(text, "showing", std::to_string(seen.number));
    append_line(text, "step", seen.step.text());
    append_line(text, "language", seen.language);
    append_line(text, "title", seen.title);
    append_line(text, "salt", seen.salt);
    append_line(text, "fields", std::to_string(seen.fields.size()));
    for (const auto& field : seen.fields) {
        append_line(text, "field", field.field.text());
        append_line(text, "label", field.label);
        if (field.is_secret)
            append_line(text, "secret", field.mark);
        else
            append_line(text, "value", field.value);
    }
    append_line(text, "consents", std::to_string(seen.consents.size()));
    for (const auto& asked : seen.consents) {
        append_line(text, "receiver", asked.receiver.text());
        append_line(text, "item", asked.item);
        append_line(text, "words", asked.words);
    }
    return text;
}

std::string hash_of(const SheetSeen& seen) {
    const auto hash = crypto::sha256({canonical_text_of(seen)});
    return crypto::to_hex(crypto::bytes_of(hash));
}

std::optional<Refusal> fault_of(const Sheet& sheet) {
    if (sheet.fields.size() > fields_most || sheet.consents.size() > consents_most ||
        bytes_of_texts(sheet) > sheet_bytes_most)
        return Refusal{Reason::too_much, sheet.step};
    if (!is_fit_name(sheet.step.text()) || !is_fit_name(sheet.language) || find_invalid_utf8(sheet.title))
        return Refusal{Reason::name_unfit, sheet.step};
    std::set<FieldKey> fields;
    for (const auto& field : sheet.fields) {
        const std::string& name = field.field.text();
        if (!is_fit_name(name) || find_invalid_utf8(field.label) || find_invalid_utf8(field.value))
            return Refusal{Reason::name_unfit, sheet.step, name};
        if (!fields.insert(field.field).second) return Refusal{Reason::field_twice, sheet.step, name};
    }
    std::set<std::pair<ReceiverKey, std::string>> consents;
    for (const auto& asked : sheet.consents) {
        if (!is_fit_name(asked.receiver.text()) || !is_fit_name(asked.item) || find_invalid_utf8(asked.words))
            return Refusal{Reason::name_unfit, sheet.step, asked.item};
        if (!consents.emplace(asked.receiver, asked.item).second)
            return Refusal{Reason::consent_twice, sheet.step, asked.item};
    }
    return std::nullopt;
}

std::string write_showing(const Showing& showing) {
    return journal::write_members(
        SealedShowing{showing.sheet, crypto::to_hex(showing.salt), crypto::to_hex(showing.blind)});
}

std::optional<Showing> read_showing(std::string_view text, const SessionKey& session, std::uint32_t number) {
    auto read = journal::read_members<SealedShowing>(text, "showing");
    if (!read) return std::nullopt;
    auto salt = crypto::from_hex(read->salt);
    auto blind = crypto::from_hex(read->blind);
    if (!salt || !blind) return std::nullopt;
    return Showing{session, number, std::move(read->sheet), *std::move(salt), *std::move(blind)};
}

bool is_fit_name(std::string_view name) {
    return !name.empty() && is_fit_text(name, name_bytes_most) &&
           std::none_of(name.begin(), name.end(),
                        [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
}

bool is_fit_text(std::string_view text, std::size_t bytes_most) {
    return text.size() <= bytes_most && !find_invalid_utf8(text);
}

}  // namespace balcao::assist

#pragma once
// What stands on the citizen's screen when a step is shown, and the hash by which it is confirmed. Used by
// `Sessions`, by the pages that draw it, and by outsiders who want to know what somebody agreed to: the form
// below is all that they need. It knows no journal and no key of a person.
//
// The hash of a showing is SHA-256 (FIPS 180-4), in 64 lower-case hexadecimal digits, of its canonical text.
// That text is one line after the other, each "word length:bytes" and a line feed (0x0A), where length is the
// number of bytes in decimal and the bytes are UTF-8 and may be anything, line feeds included:
//
//   seen 1:1                                     the version of this form
//   session 26:7K3M9QZT7K3M9QZT7K3M9QZT7K        the name of the session
//   showing 1:3                                  which showing of the session, in decimal, from 1
//   step 7:address                               the key of the step
//   language 2:pt                                in which it was shown
//   title 12:A sua morada                        as it was shown; likewise labels and words below
//   salt 32:00112233445566778899aabbccddeeff     16 random bytes of this showing, in hexadecimal
//   fields 1:2                                   how many fields follow, in decimal; for each, in order:
//   field 6:street                                 its key
//   label 3:Rua
//   value 13:Rua Augusta 1                         what the citizen saw there
//   field 3:pin
//   label 7:Código
//   secret 64:9f86d081…                            in place of the value of a secret: its mark
//   consents 1:1                                 how many follow; for each, in order:
//   receiver 8:registry                            who would get it
//   item 6:street                                  what
//   words 33:A Conservatória recebe a sua rua       as they were shown
//
// The salt is told to both screens and printed on paper, and is in the journal only sealed together with the
// values: so nobody can find a date of birth by trying all of them against the hash in the journal. The mark
// of a secret is SHA-256, in hexadecimal, of "balcao secret 1\n", 16 more random bytes of the showing that
// are told to nobody, the field's key, "\n" and the value.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assist/refusal.hpp"

namespace balcao::assist {

inline constexpr std::size_t steps_most = 64;  // of a session
inline constexpr std::size_t fields_most = 64;
inline constexpr std::size_t consents_most = 64;
inline constexpr std::size_t sheet_bytes_most = 64 * 1024;  // all texts of a sheet together
inline constexpr std::size_t name_bytes_most = 64;          // of keys, languages, editions, commands

// What stands for a secret on a screen, however long it is.
inline constexpr std::string_view secret_mask = "••••••";

struct Field {
    FieldKey field;
    std::string label{};
    std::string value{};
    bool is_secret = false;
    friend bool operator==(const Field&, const Field&) = default;
};

// A consent that is asked for; only the citizen's confirmation gives it.
struct ConsentAsked {
    ReceiverKey receiver;
    std::string item;     // the name of what would be handed to it
    std::string words{};  // in which it is asked for
    friend bool operator==(const ConsentAsked&, const ConsentAsked&) = default;
};

// One step, as whoever drives wants it shown.
struct Sheet {
    StepKey step;
    std::string language;
    std::string title{};
    std::vector<Field> fields{};
    std::vector<ConsentAsked> consents{};
    friend bool operator==(const Sheet&, const Sheet&) = default;
};

// A sheet when it was shown. All of it but session and number is personal.
struct Showing {
    SessionKey session;
    std::uint32_t number = 0;
    Sheet sheet;
    std::string salt;   // 16 bytes
    std::string blind;  // 16 bytes
};

struct FieldSeen {
    FieldKey field;
    std::string label;
    std::string value;  // the mask, of a secret
    bool is_secret = false;
    std::string mark;  // of a secret
    friend bool operator==(const FieldSeen&, const FieldSeen&) = default;
};

// What both screens show, without secrets, and all that the hash is made of.
struct SheetSeen {
    SessionKey session;
    std::uint32_t number = 0;
    StepKey step;
    std::string language;
    std::string title;
    std::string salt;  // 32 hexadecimal digits
    std::vector<FieldSeen> fields;
    std::vector<ConsentAsked> consents;
    friend bool operator==(const SheetSeen&, const SheetSeen&) = default;
};

SheetSeen seen_of(const Showing& showing);
std::string canonical_text_of(const SheetSeen& seen);
std::string hash_of(const SheetSeen& seen);

// Why a sheet cannot be shown: name_unfit, too_much, field_twice, consent_twice; nothing when it can.
std::optional<Refusal> fault_of(const Sheet& sheet);

// What is sealed of a showing; back, nothing for what write_showing never writes.
std::string write_showing(const Showing& showing);
std::optional<Showing> read_showing(std::string_view text, const SessionKey& session, std::uint32_t number);

// A key or name of a length that is kept, and text without control characters.
bool is_fit_name(std::string_view name);
// Text of at most so many bytes.
bool is_fit_text(std::string_view text, std::size_t bytes_most);

}  // namespace balcao::assist

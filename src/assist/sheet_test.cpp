// What is shown, and the hash by which it is confirmed.
#include "assist/sheet.hpp"

#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "crypto/hash.hpp"

using namespace balcao;
using namespace balcao::assist;

namespace {

std::string bytes_from(unsigned char first) {
    std::string bytes;
    for (unsigned char place = 0; place < 16; ++place)
        bytes.push_back(static_cast<char>(first + place));
    return bytes;
}

Showing shown() {
    return {SessionKey{"7K3M9QZT7K3M9QZT7K3M9QZT7K"},
            3,
            {StepKey{"address"},
             "pt",
             "A sua morada",
             {{FieldKey{"street"}, "Rua", "Rua Augusta 1\nvalue 3:abc", false},
              {FieldKey{"pin"}, "Código", "1234", true}},
             {{ReceiverKey{"registry"}, "street", "A Conservatória recebe a sua rua"}}},
            bytes_from(0),
            bytes_from(16)};
}

std::string hash_after(const std::function<void(Showing&)>& change) {
    Showing showing = shown();
    change(showing);
    return hash_of(seen_of(showing));
}

}  // namespace

TEST_CASE("the hash of what was shown is that which a program of ten lines in another language makes") {
    // Made with Python's hashlib from the form in sheet.hpp.
    const auto seen = seen_of(shown());
    CHECK(seen.fields[1].mark == "988d741bf3e759b7b72045fd45df5427a2d1eecabfa5def471e7e0af2ba0daf9");
    CHECK(hash_of(seen) == "f3a1a8f4c60194a1f3dfc999cd3cb92bc3e775d9a0695bd30c3f42f14b71837f");
}

TEST_CASE("a secret is masked, however long it is, and another one has another hash") {
    const auto seen = seen_of(shown());
    CHECK(seen.fields[1].value == secret_mask);
    CHECK(canonical_text_of(seen).find("1234") == std::string::npos);
    const auto longer = hash_after([](Showing& one) { one.sheet.fields[1].value = "12345"; });
    CHECK(longer != hash_of(seen));
    // Without what is told to nobody, nobody finds it by trying all of them.
    Showing other = shown();
    other.blind = bytes_from(1);
    CHECK(seen_of(other).fields[1].mark != seen.fields[1].mark);
}

TEST_CASE("whatever is another of what was seen makes another hash") {
    const std::vector<std::function<void(Showing&)>> changes{
        [](Showing&) {},
        [](Showing& one) { one.session = SessionKey{"7K3M9QZT7K3M9QZT7K3M9QZT7L"}; },
        [](Showing& one) { one.number = 4; },
        [](Showing& one) { one.sheet.step = StepKey{"adress"}; },
        [](Showing& one) { one.sheet.language = "en"; },
        [](Showing& one) { one.sheet.title = "A sua rua"; },
        [](Showing& one) { one.salt = bytes_from(1); },
        [](Showing& one) { one.sheet.fields[0].field = FieldKey{"road"}; },
        [](Showing& one) { one.sheet.fields[0].label = "Rua e"; },
        [](Showing& one) { one.sheet.fields[0].value = "Rua Augusta 1"; },
        [](Showing& one) { one.sheet.fields[0].is_secret = true; },
        [](Showing& one) { one.sheet.fields[1].is_secret = false; },
        [](Showing& one) { std::swap(one.sheet.fields[0], one.sheet.fields[1]); },
        [](Showing& one) { one.sheet.fields.pop_back(); },
        [](Showing& one) { one.sheet.consents[0].receiver = ReceiverKey{"club"}; },
        [](Showing& one) { one.sheet.consents[0].item = "pin"; },
        [](Showing& one) { one.sheet.consents[0].words = "Sim"; },
        [](Showing& one) { one.sheet.consents.clear(); }};
    std::set<std::string> hashes;
    for (const auto& change : changes)
        hashes.insert(hash_after(change));
    CHECK(hashes.size() == changes.size());
}

TEST_CASE("a text that looks like the form cannot pass for another field") {
    Showing one = shown();
    one.sheet.fields = {{FieldKey{"a"}, "b", "c\nfield 1:d\nlabel 1:e\nvalue 1:f", false}};
    Showing two = shown();
    two.sheet.fields = {{FieldKey{"a"}, "b", "c", false}, {FieldKey{"d"}, "e", "f", false}};
    CHECK(canonical_text_of(seen_of(one)) != canonical_text_of(seen_of(two)));
}

TEST_CASE("what is sealed of a showing comes back as it was") {
    Showing showing = shown();
    showing.sheet.fields[0].value = std::string("a\0b", 3);
    const auto back = read_showing(write_showing(showing), showing.session, showing.number);
    REQUIRE(back.has_value());
    CHECK(back->sheet == showing.sheet);
    CHECK(back->salt == showing.salt);
    CHECK(hash_of(seen_of(*back)) == hash_of(seen_of(showing)));
    CHECK_FALSE(read_showing("{}", showing.session, 1).has_value());
}

TEST_CASE("a sheet that could not be told or kept is refused, with the place") {
    const auto reason = [](const std::function<void(Sheet&)>& change) {
        Sheet sheet = shown().sheet;
        change(sheet);
        const auto fault = fault_of(sheet);
        return fault ? std::string{name_of(fault->reason)} + " " + fault->what : std::string{"nothing"};
    };
    CHECK(reason([](Sheet&) {}) == "nothing");
    CHECK(reason([](Sheet& one) { one.step = {}; }) == "name-unfit ");
    CHECK(reason([](Sheet& one) { one.language = "pt\n"; }) == "name-unfit ");
    CHECK(reason([](Sheet& one) { one.title = "\xff"; }) == "name-unfit ");
    CHECK(reason([](Sheet& one) { one.fields[0].value = "\xff"; }) == "name-unfit street");
    CHECK(reason([](Sheet& one) { one.fields[1].field = FieldKey{"street"}; }) == "field-twice street");
    CHECK(reason([](Sheet& one) { one.consents.push_back(one.consents[0]); }) == "consent-twice street");
    CHECK(reason([](Sheet& one) { one.consents[0].item = {}; }) == "name-unfit ");
    CHECK(reason([](Sheet& one) { one.fields[0].value = std::string(sheet_bytes_most, 'a'); }) ==
          "too-much ");
    CHECK(reason([](Sheet& one) { one.fields.resize(fields_most + 1); }) == "too-much ");
}

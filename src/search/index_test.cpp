// What is found from which words, on a small catalogue.
#include "search/index.hpp"

#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "model/read.hpp"

namespace balcao::search {
namespace {

model::Model small_city() {
    const std::string text = R"(balcao: 1
name: A city
languages: [pt, en, es]
first_day: 2026-01-05
entities:
  registry: {name: {pt: Registos, en: Registry office, es: Registros}, also: {pt: Conservatória}}
documents:
  photo: {name: {pt: Fotografia, en: Photograph, es: Fotografía}}
services:
  card:
    name: {pt: Renovar o Cartão de Cidadão, en: Renew the Citizen Card, es: Renovar la Tarjeta de Ciudadano}
    also: {pt: [bilhete de identidade], en: [ID card], es: [DNI]}
    entity: registry
    duration: 6 min
    documents: photo
  birth: {name: {pt: Registar um nascimento, en: Register a birth, es: Registrar un nacimiento}, duration: 6 min}
  water: {name: {pt: Contrato de água, en: Water contract, es: Contrato de agua}, duration: 6 min}
  parking: {name: {pt: Dístico de residente, en: Resident parking badge, es: Tarjeta de residente}, duration: 6 min}
life_events:
  child: {name: {pt: Ter um filho, en: Having a child, es: Tener un hijo}, services: [birth, card]}
sites:
  shop: {open: {every day: "08-20"}, desks: {a: {count: 2, serves: [card, birth, water, parking]}}}
demand:
  - {service: card, site: shop, arrivals: {poisson: 4 per hour}}
)";
    auto read = model::read_model("m.yaml", model::MemoryFiles{{{"m.yaml", text}}}, {});
    REQUIRE(read.value.has_value());
    return std::move(*read.value);
}

// The services in their order, with blanks between them.
std::string found_by(const Index& index, std::string_view language, std::string_view sentence) {
    std::string keys;
    for (const Found& found : index.find(language, sentence, 3))
        keys.append(keys.empty() ? "" : " ").append(found.service.text());
    return keys;
}

TEST_CASE("a service is found by its name, another name, its entity, its documents and its life event") {
    const Index index = Index::of(small_city());
    CHECK(found_by(index, "pt", "quero renovar o cartão") == "card");
    CHECK(found_by(index, "pt", "o meu bilhete de identidade") == "card");
    CHECK(found_by(index, "pt", "conservatória") == "card");
    CHECK(found_by(index, "en", "photograph") == "card");
    CHECK(found_by(index, "es", "hijo") == "birth card");
}

TEST_CASE("case, accents, other forms of a word and a wrong letter do not hide it") {
    const Index index = Index::of(small_city());
    CHECK(found_by(index, "pt", "CONTRATOS DE AGUA") == "water");
    CHECK(found_by(index, "pt", "contrrato") == "water");
    CHECK(found_by(index, "en", "registering the births") == "birth");
    CHECK(found_by(index, "en", "registring a birht") == "birth");
    CHECK(found_by(index, "es", "nasimiento") == "birth");
}

TEST_CASE("a word of another language is known where the own one has none like it") {
    const Index index = Index::of(small_city());
    CHECK(found_by(index, "pt", "parking") == "parking");
    CHECK(found_by(index, "en", "nacimiento") == "birth");
}

TEST_CASE("everyday words stand for one another") {
    const Index index = Index::of(small_city());
    CHECK(found_by(index, "pt", "criança") == "birth card");
    CHECK(found_by(index, "en", "my daughter") == "birth card");
}

TEST_CASE("what says nothing finds nothing, and no text is a command to the tables") {
    const Index index = Index::of(small_city());
    CHECK(found_by(index, "pt", "") == "");
    CHECK(found_by(index, "pt", "quero isso para mim") == "");
    CHECK(found_by(index, "pt", "zzzzzzzz") == "");
    CHECK(found_by(index, "pt", "\" OR NEAR( * ) -- '; DROP TABLE texts0") == "");
    CHECK(found_by(index, "pt", std::string(100'000, 'x')) == "");
    CHECK(found_by(index, "pt", "\xff\xfe água \xc3") == "water");
    CHECK(index.find("pt", "cartão", 0).empty());
}

TEST_CASE("a language that the model has not is answered in its first") {
    const Index index = Index::of(small_city());
    CHECK(found_by(index, "de", "cartão") == "card");
}

TEST_CASE("many ask at once and each gets the answer that it would get alone") {
    const Index index = Index::of(small_city());
    const std::vector<Found> alone = index.find("pt", "renovar o cartao do filho", 3);
    REQUIRE_FALSE(alone.empty());
    std::vector<int> wrong(4);
    std::vector<std::thread> threads;
    for (int& mine : wrong)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i)
                mine += index.find("pt", "renovar o cartao do filho", 3) == alone ? 0 : 1;
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(wrong == std::vector<int>(4));
}

}  // namespace
}  // namespace balcao::search

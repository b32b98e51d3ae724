#pragma once
// The town with a life event: a lost wallet, three services of two entities, what is asked, and
// how each is asked for from afar.
#include <string>

#include "town/town.hpp"

namespace balcao::town {

inline std::string city_with_wallet() {
    std::string yaml = city;
    const std::string tax = "  tax: {";
    yaml.insert(yaml.find(tax), R"(  cancel:
    name: {pt: Cancelar o cartão, en: Cancel the card, es: Anular la tarjeta}
    entity: registry
    duration: 4 min
    takes: same day
    request: {asks: [full-name, card-number], effect: point_of_no_return}
  card:
    name: {pt: Segunda via do cartão, en: Replacement card, es: Duplicado de la tarjeta}
    entity: registry
    duration: 9 min
    fee: {counter: 18 EUR, online: 16.20 EUR}
    takes: 8 working days
    documents: [photo, proof]
    request: {asks: [full-name, card-number], tells: speed}
    terms: [{when: {speed: urgent}, fee: {counter: 33 EUR}, takes: 3 working days}]
  licence:
    name: {pt: Segunda via da carta, en: Replacement licence, es: Duplicado del permiso}
    entity: transport
    duration: 7 min
    fee: 30 EUR
    takes: 10 days
    request: {asks: [full-name, born]}
    refused:
      - when: {resident: no}
        because: {pt: Peça-a onde mora., en: Ask for it where you live., es: Pídalo donde vive.}
)");
    const std::string serves = "serves: [identity, tax]";
    yaml.replace(yaml.find(serves), serves.size(), "serves: [identity, tax, cancel, card, licence]");
    const std::string bookable = "services: [identity]";
    yaml.replace(yaml.find(bookable), bookable.size(), "services: [identity, card]");
    return yaml + R"(
entities:
  registry: {name: {pt: Registos, en: Registry office, es: Registro}}
  transport: {name: {pt: Transportes, en: Transport authority, es: Transportes}, way_in: {due: 3 days}}
details:
  full-name: {name: {pt: Nome completo, en: Full name, es: Nombre completo}, autofill: name}
  card-number:
    name: {pt: Número do cartão, en: Number of the card, es: Número de la tarjeta}
    help: {pt: Oito algarismos., en: Eight digits., es: Ocho cifras.}
    kind: digits
    length: 8
  born: {name: {pt: Data de nascimento, en: Date of birth, es: Fecha de nacimiento}, kind: date, autofill: bday}
documents:
  photo: {name: {pt: Fotografia, en: Photograph, es: Fotografía}}
  proof: {name: {pt: Prova do cancelamento, en: Proof of cancellation, es: Prueba de la anulación}, held_by: registry}
facts:
  lost:
    ask: {pt: O que perdeu?, en: What did you lose?, es: ¿Qué ha perdido?}
    kind: any_of
    answers:
      card: {pt: Cartão, en: Card, es: Tarjeta}
      licence: {pt: Carta de condução, en: Driving licence, es: Permiso de conducir}
  day:
    ask: {pt: Em que dia?, en: On which day?, es: ¿Qué día?}
    help: {pt: O dia em que deu por isso., en: The day on which you noticed., es: El día en que lo notó.}
    kind: date
  speed:
    ask: {pt: Com que urgência?, en: How soon?, es: ¿Con qué urgencia?}
    kind: one_of
    answers: {normal: {pt: Sem urgência, en: No hurry, es: Sin urgencia}, urgent: {pt: Depressa, en: Soon, es: Pronto}}
  resident: {ask: {pt: Mora em Portugal?, en: Do you live in Portugal?, es: ¿Vive en Portugal?}}
life_events:
  wallet:
    name: {pt: Perdi a carteira, en: I lost my wallet, es: He perdido la cartera}
    about: {pt: Perdida ou roubada., en: Lost or stolen., es: Perdida o robada.}
    begins: day
    at_least: {lost: 2}
    services:
      - cancel:
          when: {lost: card}
          within: 10 days
          because: {pt: Para que ninguém o use., en: So that nobody else uses it., es: Para que nadie la use.}
      - card: {when: {lost: card}, after: cancel}
      - licence: {when: {lost: licence}}
)";
}

}  // namespace balcao::town

// Walks through what happened to somebody in a real browser: from the first page to the plan of a lost wallet, in three
// languages, on a phone and on wide screens, without scripts and by keyboard alone. Used by ctest: node events_test.mjs
// CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).

import {check, demonstrate, expectQuiet, finish, look, openBrowser, press} from "./walk.mjs";

const server = await demonstrate("events");
const {base} = server;
const browser = await openBrowser();

async function person(where, {width = 1280, scripts = true, scheme = "light"}, walk) {
  const context = await browser.newContext({
    viewport: {width, height: 900},
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  expectQuiet(page, where, base, ["422"]);
  await walk(page);
  await context.close();
}

const words = {
  pt: {event: "Perdi a carteira", on: "Continuar", missing: "Escolha pelo menos uma resposta.", plan: "O que fazer, por esta ordem",
    said: "O que respondeu", cancel: "Cancelar o Cartão de Cidadão", replace: "Substituir Cartão de Cidadão perdido ou roubado"},
  en: {event: "I lost my wallet", on: "Go on", missing: "Choose one answer at least.", plan: "What to do, in this order",
    said: "What you said", cancel: "Cancel the Citizen Card", replace: "Replace lost or stolen Citizen Card"},
  es: {event: "He perdido la cartera", on: "Continuar", missing: "Elija al menos una respuesta.", plan: "Qué hacer, en este orden",
    said: "Lo que ha respondido", cancel: "Cancelar la Tarjeta de Ciudadano", replace: "Sustituir la Tarjeta de Ciudadano perdida o robada"},
};

// Answers whatever is asked: the day with a date, all else with the first answer.
async function answer(page, word) {
  const blank = page.locator("#answer");
  if (await blank.count()) await blank.fill("2026-11-20");
  else await page.locator("main fieldset input").first().check();
  await press(page, page.getByRole("button", {name: word.on, exact: true}));
}

for (const [language, width, scheme] of [["pt", 390, "light"], ["en", 1280, "dark"], ["es", 1920, "light"]]) {
  const where = `${language} ${width}`;
  const word = words[language];
  await person(where, {width, scheme}, async (page) => {
    await page.goto(`${base}/${language}`);
    await press(page, page.getByRole("link", {name: word.event}));
    await page.getByRole("heading", {name: word.event}).waitFor();
    await look(page, `${where} question`, `events-question-${language}`);
    await press(page, page.getByRole("button", {name: word.on, exact: true}));
    check(where, "what is missing is told", await page.getByText(word.missing).isVisible());
    await look(page, `${where} complaint`, `events-complaint-${language}`);
    await page.locator("main fieldset input").nth(1).check();  // the licence, and with it the card
    for (let asked = 0; asked < 8 && (await page.getByText(word.plan).count()) === 0; asked += 1) await answer(page, word);
    check(where, "the card is cancelled first", (await page.locator(".plan h3").first().innerText()) === word.cancel);
    check(where, "two documents and a new name make five services", (await page.locator(".plan > li").count()) === 5);
    check(where, "each says where", (await page.locator(".plan .places").count()) >= 3);
    check(where, "what was said stands below", await page.getByRole("heading", {name: word.said}).isVisible());
    await look(page, `${where} plan`, `events-plan-${language}`);
    await press(page, page.locator(".plan h3 a").nth(1));
    await page.locator("h1", {hasText: word.replace}).waitFor();
    check(where, "what is made up is marked", (await page.locator(".mark").count()) > 0);
    await look(page, `${where} service`, `events-service-${language}`);
    await page.goto(`${base}/${language}/events`);
    await look(page, `${where} all`, `events-all-${language}`);
  });
}

await person("without scripts", {width: 390, scripts: false}, async (page) => {
  const word = words.pt;
  await page.goto(`${base}/pt/events/perdi-a-carteira`);
  for (let asked = 0; asked < 8 && (await page.getByText(word.plan).count()) === 0; asked += 1) await answer(page, word);
  check("without scripts", "the plan is there", (await page.locator(".plan > li").count()) >= 1);
  await press(page, page.locator(".said button").first());
  check("without scripts", "an answer is asked again", await page.locator("main fieldset input").first().isChecked());
});

await person("keyboard", {}, async (page) => {
  await page.goto(`${base}/en/events/perdi-a-carteira`);
  await page.locator("main fieldset input").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.locator(".said dd").first().waitFor();
  const said = await page.locator(".said dd").first().innerText();
  check("keyboard", "two answers by the space bar, and the next question by Enter", /Citizen Card and Driving licence/.test(said), said);
});

await browser.close();
await server.stop();
finish("what happened was told and planned without a finding");

// Walks the pages of the record in a real browser: how a site kept its word, for anybody and without scripts, and the
// day's report on the law for who manages it; in three languages, on a phone and on wide screens. Used by ctest:
// node record_pages_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).

import {picture} from "./picture.mjs";
import {check, demonstrate, expectQuiet, finish, folder, look, openBrowser, press, signIn} from "./walk.mjs";

const server = await demonstrate("record");
const {base, password} = server;
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
  pt: {link: /cumpriu a palavra/, law: "O que a lei pede", report: "Relatório sobre a lei", kept: "Cumprido"},
  en: {link: /kept its word/, law: "What the law asks", report: "Report on the law", kept: "Kept"},
  es: {link: /cumplió su palabra/, law: "Lo que pide la ley", report: "Informe sobre la ley", kept: "Cumplido"},
};

for (const [language, width, scheme] of [["pt", 390, "light"], ["en", 1280, "dark"], ["es", 1920, "light"]]) {
  const where = `${language} ${width}`;
  await person(where, {width, scheme}, async (page) => {
    await page.goto(`${base}/${language}/sites/saldanha`);
    await look(page, `${where} site`, `record-site-${language}`);
    await press(page, page.getByRole("link", {name: words[language].link}));
    await page.getByRole("heading", {name: words[language].law}).waitFor();
    check(where, "a week has its figures", (await page.locator(".figures dd").count()) >= 3);
    await look(page, `${where} record`, `record-public-${language}`);

    await signIn(page, base, language, password);
    await page.goto(`${base}/${language}/hall/saldanha`);
    await press(page, page.getByRole("link", {name: words[language].report}));
    check(where, "every duty is judged", (await page.locator(".verdict").count()) === 6);
    check(where, "some are kept", await page.getByText(words[language].kept, {exact: true}).first().isVisible());
    await look(page, `${where} report`, `record-law-${language}`);
    await page.emulateMedia({media: "print"});
    await picture(page, folder, `record-law-${language}-print`);
    await page.goto(`${base}/${language}/hall/saldanha/report?date=nunca`);
    check(where, "a date that is none is told", await page.locator(".complaint").first().isVisible());
  });
}

await person("without scripts", {width: 390, scripts: false}, async (page) => {
  await page.goto(`${base}/pt/sites/saldanha/record`);
  check("without scripts", "the record is there", (await page.locator(".figures dd").count()) >= 3);
});

await browser.close();
await server.stop();
finish("the pages of the record were walked without a finding");

// Whoever lost a wallet in the demonstration and asks for help: up to the page of the case. Used by the walks that begin
// there.
import {expectQuiet, press} from "./walk.mjs";

export const words = {
  pt: {hand: "Entregar o pedido", number: "O seu pedido", find: "Mostrar"},
  en: {hand: "Hand it in", number: "Your request", find: "Show"},
  es: {hand: "Presentar la solicitud", number: "Su solicitud", find: "Mostrar"},
};

// Demonstration figures.
export const said = {
  "full-name": "Ana Exemplo", "birth-date": "1984-05-31", "tax-number": "123 456 789", "address": "Rua do Exemplo 1\n1000-001 Lisboa",
  "number-plate": "AA-00-AA", "pensioner-number": "12345", "health-number": "123456789", "member-number": "1",
};

export class Wallets {
  constructor(browser, base) {
    this.browser = browser;
    this.base = base;
  }

  person = async (where, {width = 1280, scripts = true, scheme = "light"}, walk) => {
    const context = await this.browser.newContext({
      viewport: {width, height: 900},
      javaScriptEnabled: scripts,
      colorScheme: scheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    expectQuiet(page, where, this.base, ["422"]);
    await walk(page);
    await context.close();
  };

  // What was lost, then the first answer to each question, and the day; up to the form of the request.
  tellWhatHappened = async (page, language, lost) => {
    await page.goto(`${this.base}/${language}/events/perdi-a-carteira`);
    for (const thing of lost) await page.locator(`main fieldset input[value="${thing}"]`).check();
    const asks = page.locator("form[action$='/request'] button");
    for (let asked = 0; asked < 9 && (await asks.count()) === 0; asked += 1) {
      if (await page.locator("#answer").count()) await page.fill("#answer", "2026-11-20");
      else if (asked > 0) await page.locator("main fieldset input").first().check();
      await press(page, page.locator("main form button.main").first());
    }
    await press(page, asks.first());
  };

  fill = async (page) => {
    for (const [detail, text] of Object.entries(said)) {
      const field = page.locator(`[name="detail.${detail}"]`);
      if (await field.count()) await field.fill(text);
    }
    for (const box of await page.locator(".consents input").all()) await box.check();
  };

  handOver = (page, language) => press(page, page.getByRole("button", {name: words[language].hand}));

  // From what happened to the page of the case.
  handIn = async (page, language, lost) => {
    await this.tellWhatHappened(page, language, lost);
    await this.fill(page);
    await this.handOver(page, language);
    await page.getByRole("heading", {name: words[language].number}).waitFor();
  };
}

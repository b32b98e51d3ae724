// Walks through paying in a real browser: a lost wallet is asked for, a reference is given and paid at the demonstration's
// cash machine while the page follows, the receipt; in cash and by card at the till of a desk, which is counted in the
// evening; the city's money; in three languages, on a phone and on wide screens, without scripts and by keyboard. Used by
// ctest: node fees_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).

import {check, demonstrate, finish, look, openBrowser, press, signIn} from "./walk.mjs";
import {Wallets} from "./wallet.mjs";

const server = await demonstrate("fees");
const {base, password} = server;
const browser = await openBrowser();
const {handIn, person} = new Wallets(browser, base);

const lost = ["citizen-card", "driving-licence"];
const words = {
  pt: {pay: "Pagar por Multibanco", machine: "Ir à caixa multibanco desta demonstração", here: "Pagar", paid: "Foram pagos", receipt: "Recibo"},
  en: {pay: "Pay by Multibanco", machine: "To the cash machine of this demonstration", here: "Pay", paid: "were paid on", receipt: "Receipt"},
  es: {pay: "Pagar por Multibanco", machine: "Ir al cajero de esta demostración", here: "Pagar", paid: "Se pagaron", receipt: "Recibo"},
};

const numberOf = (page) => /\/cases\/([0-9]{4}-[0-9]{6})\./.exec(page.url())[1];

// The reference that the page tells, which may come a moment later.
async function reference(page, {reloads}) {
  for (let tries = 0; tries < 60 && (await page.locator(".fees .reference").count()) === 0; tries += 1) {
    await page.waitForTimeout(250);
    if (reloads) await page.reload();
  }
  return page.locator(".fees a", {hasText: /./}).first();
}

for (const [language, width, scheme] of [["pt", 390, "light"], ["en", 1280, "dark"], ["es", 1920, "light"]]) {
  const where = `${language} ${width}`;
  await person(where, {width, scheme}, async (page) => {
    await handIn(page, language, lost);
    await look(page, `${where} to pay`, `fees-to-pay-${language}`);
    await press(page, page.getByRole("button", {name: words[language].pay}));
    await reference(page, {reloads: false});
    await look(page, `${where} reference`, `fees-reference-${language}`);
    const machine = await page.context().newPage();
    await machine.goto(await page.getByRole("link", {name: words[language].machine}).getAttribute("href").then((href) => base + href));
    await machine.fill("[name=amount]", "1");
    await press(machine, machine.getByRole("button", {name: words[language].here, exact: true}));
    check(where, "another amount is not taken", (await machine.locator(".complaint").count()) === 1);
    await look(machine, `${where} cash machine`, `fees-machine-${language}`);
    await machine.goto(await page.getByRole("link", {name: words[language].machine}).getAttribute("href").then((href) => base + href));
    await press(machine, machine.getByRole("button", {name: words[language].here, exact: true}));
    await machine.close();
    // The page follows by itself.
    await page.getByText(words[language].paid).waitFor();
    await look(page, `${where} paid`, `fees-paid-${language}`);
    await press(page, page.locator(".fees a").first());
    check(where, "the receipt stands there", await page.getByRole("heading", {name: words[language].receipt}).isVisible());
    await look(page, `${where} receipt`, `fees-receipt-${language}`);
  });
}

await person("without scripts", {width: 390, scripts: false}, async (page) => {
  const where = "without scripts";
  await handIn(page, "pt", lost);
  await press(page, page.getByRole("button", {name: words.pt.pay}));
  await reference(page, {reloads: true});
  const address = page.url();
  await press(page, page.getByRole("link", {name: words.pt.machine}));
  await press(page, page.getByRole("button", {name: words.pt.here, exact: true}));
  await page.goto(address);
  check(where, "it is paid", await page.getByText(words.pt.paid).isVisible());
  await page.locator("main details summary").last().click();
  await press(page, page.locator("form[action$='/withdraw'] button"));
});

async function toPayAtDesk() {
  let number;
  await person("citizen", {}, async (page) => {
    await handIn(page, "en", lost);
    number = numberOf(page);
  });
  return number;
}

async function showRequest(page, number) {
  await page.fill("main [name=request]", number);
  await press(page, page.locator("form[method=get] button").first());
}

// Somebody at a desk, from the first thing in the morning to the last.
await person("till", {}, async (page) => {
  const where = "till";
  const first = await toPayAtDesk();
  const second = await toPayAtDesk();
  await signIn(page, base, "en", password);
  await page.goto(`${base}/en/desk`);
  await press(page, page.locator(".desks a").first());
  await press(page, page.getByRole("link", {name: "The till"}));
  await look(page, `${where} not open`, "fees-till-not-open");
  const address = page.url();
  await page.fill("[name=amount]", "50");
  await press(page, page.getByRole("button", {name: "Open the till"}));
  await look(page, `${where} open`, "fees-till-open");
  await showRequest(page, first);
  await look(page, `${where} request`, "fees-till-request");
  await page.fill("[name=received]", "1");
  await press(page, page.getByRole("button", {name: "Take it in cash"}));
  check(where, "too little is not taken", (await page.locator(".complaint").count()) === 1);
  await page.fill("[name=received]", "100");
  await press(page, page.getByRole("button", {name: "Take it in cash"}));
  check(where, "the change is told", await page.getByText("Change to give back").isVisible());
  await look(page, `${where} taken`, "fees-till-taken");
  await page.goto(address);
  await showRequest(page, second);
  await press(page, page.getByRole("button", {name: "Charge a card at the terminal"}));
  for (let tries = 0; tries < 40 && !(await page.getByText("There is nothing to pay.").isVisible()); tries += 1) {
    await page.goto(`${address.split("?")[0]}?request=${second}`);
    await page.waitForTimeout(250);
  }
  check(where, "the card is charged", await page.getByText("There is nothing to pay.").isVisible());
  await page.locator("#count summary").click();
  await page.fill("[name=counted]", "10");
  await page.fill("[name=why]", "Nobody knows");
  await press(page, page.getByRole("button", {name: "It is counted"}));
  await look(page, `${where} counted`, "fees-till-counted");
  for (const [language, width] of [["pt", 390], ["es", 1920]]) {
    await page.setViewportSize({width, height: 900});
    await page.goto(address.replace("/en/", `/${language}/`));
    await look(page, `${where} ${language} ${width}`, `fees-till-${language}`);
  }
});

for (const [language, width, scheme] of [["pt", 390, "light"], ["en", 1280, "dark"], ["es", 1920, "light"]]) {
  const where = `money ${language} ${width}`;
  await person(where, {width, scheme}, async (page) => {
    await signIn(page, base, language, password);
    await page.goto(`${base}/${language}/money`);
    check(where, "entities stand with their sums", (await page.locator("table.queue tbody tr").count()) >= 2);
    await look(page, where, `fees-money-${language}`);
  });
}

await person("keyboard", {}, async (page) => {
  await handIn(page, "en", lost);
  await page.getByRole("button", {name: words.en.pay}).focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await reference(page, {reloads: false});
  await page.getByRole("link", {name: words.en.machine}).focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await page.locator("[name=amount]").focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  check("keyboard", "it is paid", await page.getByRole("heading", {name: "Paid"}).isVisible());
});

await browser.close();
await server.stop();
finish("a request was paid in every way without a finding");

// Walks the pages of the live office in a real browser as people do: on a phone and on a wide screen, in three
// languages, with the keyboard alone, without scripts, and over a line that is cut. Used by ctest:
// node office_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).
import {join} from "node:path";

import {picture} from "./picture.mjs";
import {check, demonstrate, expectQuiet, finish, folder, look, openBrowser, press} from "./walk.mjs";

let server = await demonstrate("office");
const {base, password} = server;
const browser = await openBrowser();

// The text of the last letter that says so: it is carried a moment after what it tells of.
async function letterWith(page, language, words) {
  for (let tries = 0; tries < 100; tries += 1) {
    await page.goto(`${base}/${language}/letters`);
    const found = (await page.locator(".letter pre").allTextContents()).find((text) => text.includes(words));
    if (found) return found;
    await page.waitForTimeout(100);
  }
  throw new Error(`no letter says ${words}`);
}

// Opens a context, runs `walk`, and expects of every page: nothing on the console, no request to anybody else.
async function person(where, {width = 1280, scripts = true, scheme = "light", allows = []}, walk) {
  const context = await browser.newContext({
    viewport: {width, height: 900},
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  expectQuiet(page, where, base, allows);
  try {
    await walk(page);
  } catch (error) {
    for (const [place, open] of context.pages().entries()) {
      console.error(`${where}: ${open.url()}: ${(await open.locator("main").innerText()).replaceAll("\n", " | ").slice(0, 400)}`);
      await open.screenshot({path: join(folder, `office-failed-${place}.png`)});
    }
    throw error;
  }
  await context.close();
}

const words = {
  pt: {take: "Tirar senha", leave: "Desistir da senha", left: "Desistiu desta senha.", none: "Escolha pelo menos um serviço."},
  en: {take: "Take a ticket", leave: "Give the ticket up", left: "You gave this ticket up.", none: "Choose at least one service."},
  es: {take: "Sacar turno", leave: "Renunciar al turno", left: "Renunció a este turno.", none: "Elija al menos un servicio."},
};

// A citizen: from the page of the site to a ticket in two steps, and out again.
for (const language of ["pt", "en", "es"]) {
  for (const [width, scheme] of [[390, "light"], [1280, "dark"], [1920, "light"]]) {
    const where = `${language} ${width}`;
    await person(where, {width, scheme, allows: ["422"]}, async (page) => {
      await page.goto(`${base}/${language}`);
      await look(page, `${where} home`, `office-home-${language}-${width}`);
      await page.goto(`${base}/${language}/sites/saldanha`);
      check(where, "the page speaks its language", (await page.getAttribute("html", "lang")) === language);
      await look(page, `${where} site`, `office-site-${language}-${width}`);
      await press(page, page.getByRole("button", {name: words[language].take}));
      check(where, "an empty choice is told", await page.getByRole("alert").getByText(words[language].none).isVisible());
      await page.locator("input[name=service]").nth(1).check();  // one
      await press(page, page.getByRole("button", {name: words[language].take}));  // two
      await page.waitForURL(/\/tickets\//);
      await look(page, `${where} ticket`, `office-ticket-${language}-${width}`);
      await press(page, page.getByRole("button", {name: words[language].leave}));
      await page.getByText(words[language].left).first().waitFor();
      await page.goto(`${base}/${language}/sites/saldanha/board`);
      await look(page, `${where} board`, `office-board-${language}-${width}`);
      const sought = {pt: "perdi a carta de conducao", en: "i lost my driver lisence", es: "perdi el carnet de conducir"};
      await page.goto(`${base}/${language}?q=${encodeURIComponent(sought[language])}`);
      check(where, "the search finds", (await page.locator(".found h2 a[href$='/services/imt-carta-2via']").count()) === 1);
      await look(page, `${where} search`, `office-search-${language}-${width}`);
    });
  }
}

// An appointment in five steps from the page of the site: to the times, a service, a time, who it is for, the letter.
for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 1920]]) {
  const where = `appointment ${language}`;
  await person(where, {width, allows: ["409", "422"]}, async (page) => {
    await page.goto(`${base}/${language}/sites/baixa`);
    await press(page, page.locator("a[href$='/book']"));  // one
    await page.waitForURL(/\/book$/);
    await look(page, `${where} services`, `office-book-${language}-${width}`);
    await page.locator("input[name=service]").first().check();
    await press(page, page.locator("main form button.main"));  // two
    await page.locator("button[name=start]").first().waitFor();
    await look(page, `${where} times`, `office-times-${language}-${width}`);
    await press(page, page.locator("button[name=start]").first());  // three
    await page.waitForURL(/\/appointments\//);
    await look(page, `${where} held`, `office-held-${language}-${width}`);
    await page.locator("#name").fill("Inês Exemplo");
    await page.locator("#mail").fill("ines");
    await page.locator("main form button.main").click();  // which the browser itself keeps back
    check(where, "a wrong address is told", await page.locator("#mail").evaluate((field) => !field.validity.valid && document.activeElement === field));
    await page.locator("#mail").fill(`ines.${language}@example.org`);
    await press(page, page.locator("main form button.main"));  // four
    await page.locator(".ticket").waitFor();
    const mine = page.url();
    const letter = await letterWith(page, language, `/${language}/confirm/`);
    await look(page, `${where} letters`, `office-letters-${language}-${width}`);
    await page.goto(letter.match(/http:\S+/)[0]);
    await look(page, `${where} confirm`, `office-confirm-${language}-${width}`);
    await press(page, page.locator("main form button"));  // five
    // Codes are drawn; none is wider than this one.
    await page.locator(".code").evaluate((code) => (code.textContent = "W".repeat(code.textContent.length)));
    await look(page, `${where} confirmed`, `office-appointment-${language}-${width}`);
    check(where, "the page that was there says so too", (await page.goto(mine)).status() < 500);
    await page.goBack();
    await press(page, page.locator("a[href$='/move']"));
    await press(page, page.locator("button[name=start]").nth(1));
    await page.locator(".code").waitFor();
    await press(page, page.locator("form[action$='/cancel'] button"));
    await page.locator("h1").waitFor();
    await look(page, `${where} cancelled`, `office-cancelled-${language}-${width}`);
  });
}

// With the keyboard alone: every stop of the way is reached by Tab.
await person("keyboard", {width: 1280}, async (page) => {
  await page.goto(`${base}/pt/sites/baixa`);
  const reach = async (selector) => {
    for (let step = 0; step < 80; ++step) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    }
    check("keyboard", "is reached by Tab", false, selector);
  };
  await reach("input[name=service]");
  await page.keyboard.press("Space");
  await reach("button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\//);
});

// Without scripts the same way is open, and the page is loaded anew by itself.
await person("without scripts", {width: 390, scripts: false}, async (page) => {
  await page.goto(`${base}/pt/sites/marvila`);
  await page.locator("input[name=service]").first().check();
  await press(page, page.getByRole("button", {name: words.pt.take}));
  await page.waitForURL(/\/tickets\//);
  const first = page.url();
  check("without scripts", "loads itself anew", (await page.content()).includes('http-equiv="refresh"'));
  await page.getByRole("button", {name: words.pt.leave}).click();
  await page.getByText(words.pt.left).first().waitFor();
  check("without scripts", "stays on its ticket", page.url() === first);
});

// An attendant: signs in, opens a desk and serves somebody with one key for each thing to do.
for (const [language, width] of [["pt", 1280], ["en", 390], ["es", 1920]]) {
  await person(`desk ${language}`, {width, allows: ["409"]}, async (page) => {
    await page.goto(`${base}/${language}/desk`);
    await look(page, `desk ${language} sign-in`, `office-sign-in-${language}-${width}`);
    await page.locator("#sign-in-name").fill("demo");
    await page.locator("#password").fill(password);
    await Promise.all([page.waitForEvent("load"), page.locator("#password").press("Enter")]);
    await look(page, `desk ${language} choice`, `office-desks-${language}-${width}`);
    await page.goto(`${base}/${language}/people`);
    await look(page, `desk ${language} people`, `office-people-${language}-${width}`);
    await page.goto(`${base}/${language}/account`);
    await look(page, `desk ${language} account`, `office-account-${language}-${width}`);
    await page.goto(`${base}/${language}/hall/saldanha`);
    await look(page, `desk ${language} hall`, `office-hall-${language}-${width}`);
    await page.goto(`${base}/${language}/hall/saldanha/appointments`);
    await look(page, `desk ${language} appointments`, `office-agenda-${language}-${width}`);
    await page.goto(`${base}/${language}/desk`);
    // The demonstration leaves the last general desk of Saldanha to whoever tries it.
    await press(page, page.locator("ul.desks").nth(1).getByRole("link", {name: /gerais|general/i}).last());
    await page.waitForURL(/\/desk\/saldanha\//);
    const state = () => page.evaluate(() => document.querySelector(".desk .number")?.dataset.state ?? "none");
    const strike = async (key, wanted) => {
      await page.keyboard.press(key);
      await page.waitForFunction((then) => (document.querySelector(".desk .number")?.dataset.state ?? "none") === then && document.readyState === "complete", wanted);
    };
    if (await page.locator("#open").count()) {
      await page.keyboard.press("o");
      await page.locator("#next").waitFor();
    }
    if ((await state()) === "none") {
      await look(page, `desk ${language} free`, `office-desk-free-${language}-${width}`);
      // Somebody to call: tickets from another phone, until one comes here and not to a colleague's desk.
      const phone = await page.context().newPage();
      for (let attempt = 0; attempt < 10 && (await state()) === "none"; ++attempt) {
        await phone.goto(`${base}/${language}/sites/saldanha`);
        await phone.locator("input[name=service]").first().check();
        await press(phone, phone.getByRole("button", {name: words[language].take}));
        await phone.waitForURL(/\/tickets\//);
        await page.locator("#next").click();
        await page.waitForLoadState();
      }
      await phone.close();
      check(`desk ${language}`, "somebody is called", (await state()) === "called");
    }
    await look(page, `desk ${language} called`, `office-desk-called-${language}-${width}`);
    await strike("s", "served");
    await page.locator(".desk summary").click();
    // Somebody else takes a ticket: what is open stays open, what was chosen stays chosen.
    const choice = await page.locator("#transfer-service option").nth(1).getAttribute("value");
    await page.locator("#transfer-service").selectOption(choice);
    const seen = await page.locator(".queue tbody tr").count();
    const other = await page.context().newPage();
    await other.goto(`${base}/${language}/sites/saldanha`);
    await other.locator("input[name=service]").first().check();
    await press(other, other.getByRole("button", {name: words[language].take}));
    await other.waitForURL(/\/tickets\//);
    await other.close();
    await page.waitForFunction((before) => document.querySelectorAll(".queue tbody tr").length !== before, seen);
    check(`desk ${language}`, "what is open stays open", await page.locator("#more").evaluate((details) => details.open));
    check(`desk ${language}`, "what was chosen stays chosen", (await page.locator("#transfer-service").inputValue()) === choice);
    await look(page, `desk ${language} served`, `office-desk-served-${language}-${width}`);
    await page.keyboard.press("!");
    await page.getByRole("alert").waitFor();
    await look(page, `desk ${language} asks for help`, `office-desk-help-${language}-${width}`);
    await page.locator("[id^=clear-emergency]").click();
    await page.getByRole("alert").waitFor({state: "detached"});
    await strike("p", "none");
    await page.locator("[id^=resume]").first().click();
    await page.waitForFunction(() => document.querySelector(".desk .number")?.dataset.state === "served");
    await strike("f", "none");
    await page.getByRole("button", {name: {pt: "Fechar o balcão", en: "Close the desk", es: "Cerrar el mostrador"}[language]}).click();
    await page.locator("#open").waitFor();
    await page.getByRole("button", {name: {pt: "Terminar sessão", en: "Sign out", es: "Cerrar sesión"}[language]}).click();
    await page.waitForURL(/sign-in/);
  });
}

// What somebody does on one phone is seen on the others; a cut line is told, and caught up with.
await person("a cut line", {width: 390, allows: ["ERR_", "Failed to load"]}, async (page) => {
  await page.goto(`${base}/pt/sites/saldanha`);  // where many wait, so that nobody is called meanwhile
  await page.locator("input[name=service]").first().check();
  await press(page, page.getByRole("button", {name: words.pt.take}));
  await page.waitForURL(/\/tickets\//);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole("button", {name: words.pt.leave}).click();
  await page.getByText(words.pt.left).first().waitFor();
  check("a cut line", "nothing is told while it holds", (await page.textContent("#line")) === "");
  check("a cut line", "the server ends well", (await server.stop()) === 0);
  await page.waitForFunction(() => document.getElementById("line").textContent !== "");
  await picture(page, folder, "office-line-cut", {});
  server = await demonstrate("office", server);
  await page.waitForFunction(() => document.getElementById("line").textContent === "");
  check("a cut line", "the ticket is what it was", await page.getByText(words.pt.left).first().isVisible());
});

await browser.close();
await server.stop();
finish("the office was walked");

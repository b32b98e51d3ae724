// Walks through a lost wallet to its end in a real browser: the plan is asked for in one go, five made-up entities and an
// inbox take it, one of them fails for a minute, one answers by the link of its letter; in three languages, on a phone and
// on wide screens, without scripts and by keyboard. Used by ctest: node requests_test.mjs CHROMIUM BALCAO FOLDER, where the
// journal goes into FOLDER, and pictures (picture.mjs).

import {check, demonstrate, expectQuiet, finish, look, openBrowser, press, signIn} from "./walk.mjs";
import {said, Wallets, words} from "./wallet.mjs";

const server = await demonstrate("requests");
const {base, password} = server;
const browser = await openBrowser();
const {fill, handIn, handOver, person, tellWhatHappened} = new Wallets(browser, base);

// The state of each step that the page shows, by the name of its service.
const states = (page) => page.locator(".case .plan > li").evaluateAll((steps) => steps.map(
  (step) => `${step.querySelector("h3").innerText}: ${step.querySelector(".headline").innerText}`));

// Until the page, which follows by itself, shows it.
async function shows(page, where, what, pattern, minutes = 1) {
  const until = Date.now() + minutes * 60_000;
  while (Date.now() < until) {
    if (pattern.test((await states(page)).join("\n"))) return;
    await page.waitForTimeout(250);
  }
  check(where, what, false, (await states(page)).join("; "));
}

// The letter of that case to its entity, once it came; `before`: letters that came earlier.
async function letterOf(number, before = 0) {
  for (let tries = 0; tries < 120; tries += 1) {
    const {letters} = await (await fetch(`${server.entities}mail/letters`)).json();
    const letter = letters.filter((one) => one.subject.includes(number))[before];
    if (letter !== undefined) return letter.text;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return "";
}

// What an entity asks is answered; the page changes meanwhile, and what was typed so far stays where it was.
async function answerWhile(page, where) {
  const field = page.locator("textarea[name=answer]");
  await field.waitFor();
  await field.fill("The old-age");
  const second = await page.context().newPage();
  await second.goto(page.url());
  await press(second, second.locator("#pay"));
  await second.close();
  await page.locator(".fees .reference").waitFor();
  check(where, "what was typed stays when the page changes", (await field.inputValue()) === "The old-age");
  await page.keyboard.type(" one");
  check(where, "and so does the place where one types", (await field.inputValue()) === "The old-age one", await field.inputValue());
  await look(page, `${where} asked`, "requests-asked");
  await press(page, page.locator("form[action$='/answer'] button"));
}

// Somebody who works on requests takes on what waits for people, and does it.
async function handle(number) {
  await person("inbox", {}, async (page) => {
    await signIn(page, base, "en", password);
    await page.goto(`${base}/en/inbox`);
    await look(page, "inbox", "requests-inbox");
    await press(page, page.locator("th a", {hasText: number}).first());
    await look(page, "inbox task", "requests-task");
    await press(page, page.getByRole("button", {name: "Take it on"}));
    await page.locator("input[value=done]").check();
    await page.fill("[name=text]", "BP-1");
    await look(page, "inbox in hand", "requests-in-hand");
    await press(page, page.getByRole("button", {name: "Record"}));
    await page.goto(`${base}/en/inbox/comparisons`);
    await look(page, "comparisons", "requests-comparisons");
  });
}

for (const [language, width, scheme] of [["pt", 390, "light"], ["en", 1280, "dark"], ["es", 1920, "light"]]) {
  const where = `${language} ${width}`;
  await person(where, {width, scheme}, async (page) => {
    await tellWhatHappened(page, language, ["citizen-card", "driving-licence"]);
    await look(page, `${where} form`, `requests-form-${language}`);
    await handOver(page, language);
    check(where, "each mistake stands at its field", (await page.locator("[aria-invalid=true]").count()) === (await page.locator(".complaint li").count()));
    await look(page, `${where} mistakes`, `requests-mistakes-${language}`);
    await fill(page);
    await handOver(page, language);
    await page.getByRole("heading", {name: words[language].number}).waitFor();
    await look(page, `${where} case`, `requests-case-${language}`);
    const [, number] = /\/cases\/([0-9]{4}-[0-9]{6})\./.exec(page.url());
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator("main").innerText().then((text) => text.replace(number, "")))[0];
    await page.goto(`${page.url()}/handed-over`);
    check(where, "what was handed over stands there", await page.getByText("Rua do Exemplo 1").isVisible());
    await look(page, `${where} handed over`, `requests-handed-over-${language}`);
    await page.goto(`${base}/${language}/cases`);
    await look(page, `${where} find`, `requests-find-${language}`);
    await page.fill("[name=number]", number);
    await page.fill("[name=code]", code.toLowerCase());
    await press(page, page.getByRole("button", {name: words[language].find}));
    check(where, "number and code lead to the case", page.url().includes(`/cases/${number}.`));
  });
}

await person("to the end", {}, async (page) => {
  const where = "to the end";
  await handIn(page, "en", ["citizen-card", "driving-licence", "vehicle-document", "pensioner-card", "health-card", "acp-card"]);
  const [, number] = /\/cases\/([0-9]{4}-[0-9]{6})\./.exec(page.url());
  check(where, "one number for eight services", (await states(page)).length === 8, (await states(page)).join("; "));
  await shows(page, where, "the card is cancelled", /Cancel the Citizen Card: Done/);
  await shows(page, where, "the club that takes events is done", /ACP.*: Done/);
  await look(page, `${where} under way`, "requests-under-way");
  await handle(number);
  await shows(page, where, "what somebody did by hand is done", /Bank of Portugal: Done/);
  const letter = await letterOf(number);
  const [link] = /https?:\S+\/answers\/\S+/.exec(letter) ?? [];
  check(where, "the entity with a mailbox alone has a letter with a link", link !== undefined, letter);
  const entity = await page.context().newPage();
  expectQuiet(entity, "letter", base, ["422"]);
  await entity.goto(link);
  await look(entity, "letter's answer", "requests-answer");
  await entity.locator("input[value=citizen-needed]").check();
  await press(entity, entity.locator("form.sheet button.main"));
  check("letter", "what is needed is to be written", (await entity.locator(".complaint").count()) === 1);
  await entity.locator("input[value=citizen-needed]").check();
  await entity.fill("[name=text]", "Which pension do you have?");
  await press(entity, entity.locator("form.sheet button.main"));
  check("letter", "a day is wanted, and what was written stays", (await entity.locator(".complaint").count()) === 1
    && (await entity.inputValue("[name=text]")) === "Which pension do you have?"
    && await entity.locator("input[value=citizen-needed]").isChecked());
  await entity.fill("[name=until]", "2030-01-01");
  await press(entity, entity.locator("form.sheet button.main"));
  await answerWhile(page, where);
  const [again] = /https?:\S+\/answers\/\S+/.exec(await letterOf(number, 1)) ?? [];
  await entity.goto(again);
  await entity.locator("input[value=concluded]").check();
  await press(entity, entity.locator("form.sheet button.main"));
  check("letter", "thanks are given", (await entity.locator("form.sheet").count()) === 0);
  await look(entity, "letter answered", "requests-answered");
  await shows(page, where, "what the letter's entity said stands on the page", /Pensioner.*: Done/i);
  await shows(page, where, "all is done, the one that failed for a minute too", /^(?:[^\n]*: Done\.?\n?){8}$/, 5);
  check(where, "the case says so", await page.getByText("All is done.").isVisible(), await page.locator(".case .headline").first().innerText());
  await look(page, `${where} done`, "requests-done");
  const {effects} = await (await fetch(`${server.entities}ledger`)).json();
  const twice = effects.filter((one) => one.case === number && one.times > 1);
  check(where, "nothing was done twice", twice.length === 0, JSON.stringify(twice));
});

// As many as are needed before anything is told of them: a club's card, asked for by program.
async function askOften(times) {
  for (let time = 0; time < times; time += 1) {
    const asked = await fetch(`${base}/api/v1/requests`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "Idempotency-Key": `asked-for-often-${time}`},
      body: JSON.stringify({service: "acp-cartao-2via", answers: [], contact: {mail: "ana@example.org"}, agreed: ["acp"],
        details: ["full-name", "member-number", "address"].map((detail) => ({detail, text: said[detail]}))}),
    });
    check("often", "a request is taken", asked.status === 200, `${asked.status} ${await asked.text()}`);
  }
}

await askOften(10);
for (const [language, width, scheme] of [["pt", 390, "light"], ["en", 1280, "dark"], ["es", 1920, "light"]]) {
  const where = `${language} ${width} outcomes`;
  await person(where, {width, scheme}, async (page) => {
    for (let tries = 0; tries < 120; tries += 1) {
      await page.goto(`${base}/${language}/outcomes`);
      if ((await page.locator("table.queue tbody tr").count()) > 0) break;
      await page.waitForTimeout(500);
    }
    check(where, "the club's card is told of", (await page.locator("th a[href$='/services/acp-cartao-2via']").count()) === 1);
    await look(page, where, `requests-outcomes-${language}`);
    await signIn(page, base, language, password);
    await page.goto(`${base}/${language}/outcomes`);
    await press(page, page.locator("a[href$='/outcomes/acp-cartao-2via']"));
    check(where, "who sees statistics reads ten and more", (await page.locator("table.queue tbody tr").count()) >= 10);
    await look(page, `${where} one by one`, `requests-ended-${language}`);
    await page.goto(`${base}/${language}/services/acp-cartao-2via`);
    await look(page, `${where} service`, `requests-service-${language}`);
  });
}

await person("without scripts", {width: 390, scripts: false}, async (page) => {
  await handIn(page, "pt", ["citizen-card", "health-card"]);
  check("without scripts", "the case is there", (await states(page)).length >= 3, (await states(page)).join("; "));
  await page.locator("details summary").last().click();
  await press(page, page.locator("form[action$='/withdraw'] button"));
  check("without scripts", "it is withdrawn", (await page.locator("form[action$='/withdraw']").count()) === 0);
});

await person("keyboard", {}, async (page) => {
  await tellWhatHappened(page, "en", ["health-card", "acp-card"]);
  await page.locator("[name='detail.full-name']").focus();
  const reached = [];
  for (let pressed = 0; pressed < 40; pressed += 1) {
    const name = await page.evaluate(() => document.activeElement.name || document.activeElement.className);
    reached.push(name);
    if (name === "main") break;
    if (name.startsWith("agree.")) await page.keyboard.press("Space");
    else if (name === "detail.birth-date") await page.keyboard.type("05311984");
    else if (name.startsWith("detail.")) await page.keyboard.type(said[name.slice(7)].replace("\n", " "));
    await page.keyboard.press("Tab");
  }
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  check("keyboard", "a request is handed in", /\/cases\//.test(page.url()), reached.join(" "));
});

await browser.close();
await server.stop();
finish("a plan was asked for and brought to its end without a finding");

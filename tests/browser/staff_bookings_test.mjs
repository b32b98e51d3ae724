// Walks the pages of staff about appointments in a real browser: booking for somebody, moving, a note, who it
// is, all names of a day, cancelling; and the person's page that says who looked. Used by ctest:
// node staff_bookings_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).
import {join} from "node:path";

import {check, demonstrate, expectQuiet, finish, folder, look as lookAt, openBrowser, press, signIn} from "./walk.mjs";

const server = await demonstrate("staff-bookings");
const {base, password} = server;
const browser = await openBrowser();

const look = (page, where, shot) => lookAt(page, where, `staff-${shot}`);

// Opens what is closed and presses the button of its form.
async function send(page, verb, fill) {
  const form = page.locator(`form[action$="/${verb}"]`);
  const closed = page.locator(`details:not([open]):has(form[action$="/${verb}"]) > summary`);
  if (await closed.count()) await closed.click();
  await fill(form);
  await press(page, form.locator("button").last());
}

async function walk(page, language, width) {
  const where = `${language} ${width}`;
  const shot = (name) => look(page, `${where} ${name}`, `${name}-${language}-${width}`);
  const agenda = `${base}/${language}/hall/baixa/appointments`;
  await signIn(page, base, language, password);
  await page.goto(agenda);
  await shot("empty-day");

  await press(page, page.locator("a[href$='/appointments/new']"));
  await shot("choice");
  await page.locator("input[name=service]").first().check();
  await press(page, page.locator("form button.main"));
  await page.locator("button[name=start]").first().waitFor();
  await shot("times");
  await press(page, page.locator("button[name=start]").first());
  await page.locator("#name").waitFor();
  await shot("person");
  await page.locator("#mail").fill(`ines.${language}.${width}@example.org`);
  await page.locator("#note").fill("com cadeira de rodas");
  await press(page, page.locator("form button.main"));
  await page.getByRole("alert").waitFor();
  check(where, "what was typed stays", (await page.locator("#note").inputValue()) === "com cadeira de rodas");
  await page.locator("#name").fill("Inês Exemplo");
  await press(page, page.locator("form button.main"));
  await page.waitForURL(/done=booked/);
  check(where, "the page bears no name", !(await page.content()).includes("Inês Exemplo"));
  await shot("booked");
  const booking = page.url().replace(/\?.*/, "");
  const code = await page.locator("dl.facts dd").last().textContent();

  await press(page, page.locator("a[href$='/move']"));
  await shot("move");
  await press(page, page.locator("button[name=start]").nth(2));
  await page.waitForURL(/done=moved/);
  await send(page, "note", (form) => form.locator("#note").fill("fala devagar"));
  await page.waitForURL(/done=noted/);
  await send(page, "look", (form) => form.locator("select").selectOption("to-tell"));
  check(where, "who it is", await page.getByText("Inês Exemplo").isVisible());
  check(where, "with the note", await page.getByText("fala devagar").isVisible());
  await shot("who-it-is");

  await page.goto(agenda);
  await page.locator("#code").fill(code);
  await Promise.all([page.waitForEvent("load"), page.locator("#code").press("Enter")]);
  check(where, "a code leads to its appointment", page.url() === booking, page.url());
  await press(page, page.locator("p.who a").last());  // the list of its day
  await page.locator("table.queue").waitFor();
  await shot("day");
  await send(page, "names", (form) => form.locator("select").selectOption("to-serve"));
  check(where, "all names", await page.getByText("Inês Exemplo").first().isVisible());
  await shot("names");
  await page.goBack();
  await press(page, page.locator("a[href*='/appointments/looks']"));
  check(where, "both looks with the account", (await page.locator("table.queue tbody tr").count()) >= 2);
  await shot("looks");

  await page.goto(booking);
  await send(page, "cancel", (form) => form.locator("select").selectOption("too-few-staff"));
  await page.waitForURL(/done=cancelled/);
  check(where, "nobody is left to look at", (await page.locator("form[action$='/look']").count()) === 0);
  await shot("cancelled");
}

// The person who booked: reads that nobody looked, then who did, and takes the file.
async function read_own(person, clerk, language, width) {
  const where = `own data ${language} ${width}`;
  await person.goto(`${base}/${language}/sites/baixa/book`);
  await person.locator("input[name=service]").first().check();
  await press(person, person.locator("main form button.main"));
  await press(person, person.locator("button[name=start]").first());
  await person.locator("#name").fill("Rui Exemplo");
  await person.locator("#mail").fill(`rui.${language}.${width}@example.org`);
  await press(person, person.locator("main form button.main"));
  await person.locator(".ticket").waitFor();
  const mine = person.url();
  const name = mine.match(/appointments\/([^/]*)\.[a-z]\d+\./)?.[1] ?? "";
  await clerk.goto(`${base}/${language}/hall/baixa/appointments/${name}`);
  await send(clerk, "look", (form) => form.locator("select").selectOption("person-asked"));
  check(where, "who it is", await clerk.getByText("Rui Exemplo").isVisible());
  await person.goto(mine);
  check(where, "the person reads of the look", (await person.locator(".looks li").count()) === 1);
  await look(person, where, `own-${language}-${width}`);
  const file = await person.request.get(`${mine}/data.json`);
  const all = await file.json();
  check(where, "the file has the name", all.person?.name === "Rui Exemplo");
  check(where, "the file has the look", all.looks.length === 1 && all.events.length >= 2);
}

async function context(width, scripts) {
  const opened = await browser.newContext({viewport: {width, height: 900}, javaScriptEnabled: scripts, reducedMotion: "reduce"});
  const page = await opened.newPage();
  expectQuiet(page, "appointments of staff", base, ["422"]);
  return page;
}

for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 1920]]) {
  const clerk = await context(width, true);
  try {
    await walk(clerk, language, width);
    const person = await context(width, true);
    await read_own(person, clerk, language, width);
    await person.context().close();
  } catch (error) {
    await clerk.screenshot({path: join(folder, "staff-failed.png")});
    console.error(`${clerk.url()}: ${(await clerk.locator("main").innerText()).slice(0, 400)}`);
    throw error;
  }
  await clerk.context().close();
}

await browser.close();
check("server", "ends well", (await server.stop()) === 0);
finish("the appointments of staff were walked");

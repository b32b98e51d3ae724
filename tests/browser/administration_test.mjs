// Walks the pages of administration in a real browser: hours change in the middle of a day, a citizen's open page
// shows them at once, and they go back; in three languages, on a phone and a wide screen, with axe-core. Used by
// ctest: node administration_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).
import {check, demonstrate, expectQuiet, finish, look as lookAt, openBrowser, press, signIn} from "./walk.mjs";

const site = "entrecampos";
const server = await demonstrate("administration");
const {base, password} = server;
const browser = await openBrowser();

const watch = (page, name) => expectQuiet(page, name, base, ["409", "422"]);
const look = (page, name) => lookAt(page, name, `administration-${name}`);

const words = {
  pt: {see: "Ver o que muda", publish: "Publicar", back: "Voltar a esta versão"},
  en: {see: "See what it changes", publish: "Publish", back: "Go back to this version"},
  es: {see: "Ver qué cambia", publish: "Publicar", back: "Volver a esta versión"},
};

const citizen = await browser.newPage({viewport: {width: 390, height: 844}});
watch(citizen, "citizen");
await citizen.goto(`${base}/pt/sites/${site}`);
const before = await citizen.locator("table.hours").innerText();

async function walk(language, width) {
  const name = `${language}-${width}`;
  const context = await browser.newContext({viewport: {width, height: 900}, locale: language});
  const page = await context.newPage();
  watch(page, name);
  const say = words[language];
  await signIn(page, base, language, password);
  await page.goto(`${base}/${language}/administration`);
  await look(page, `${name}-overview`);
  const versions = await page.locator("table.versions tbody tr").count();

  await page.goto(`${base}/${language}/administration/sites/${site}`);
  await look(page, `${name}-site`);
  const monday = page.locator("[name=mon]");
  await monday.fill("sometime");
  await press(page, page.getByRole("button", {name: say.see}).first());
  check(name, "what was typed stays", (await page.locator("[name=mon]").inputValue()) === "sometime");
  check(name, "the field is marked", (await page.locator("[name=mon]").getAttribute("aria-invalid")) === "true");
  await look(page, `${name}-wrong`);
  for (const day of ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) await page.fill(`[name=${day}]`, "07:00-22:45");
  await press(page, page.getByRole("button", {name: say.see}).first());
  await page.waitForSelector(".differences li");
  await look(page, `${name}-preview`);
  await page.fill("[name=note]", "open late");
  await press(page, page.getByRole("button", {name: say.publish, exact: true}));
  await page.waitForURL(/published/);
  check(name, "one version more", (await page.locator("table.versions tbody tr").count()) === versions + 1);
  await look(page, `${name}-published`);
  await citizen.goto(`${base}/pt/sites/${site}`);
  check(name, "a citizen sees the new hours", (await citizen.locator("table.hours").innerText()).includes("22:45"));

  await page.goto(`${base}/${language}/administration/versions/${versions}`);
  await look(page, `${name}-version`);
  await press(page, page.getByRole("button", {name: say.back}));
  await page.fill("[name=note]", "back to normal");
  await press(page, page.getByRole("button", {name: say.publish, exact: true}));
  await page.waitForURL(/published/);
  await citizen.reload();
  check(name, "and the old ones again", (await citizen.locator("table.hours").innerText()) === before);

  await page.goto(`${base}/${language}/administration/text`);
  await look(page, `${name}-text`);
  // Typing a whole model would take minutes.
  await page.evaluate(() => {
    const area = document.querySelector("[name=text]");
    area.value = area.value.replace("time_zone", "tme_zone");
  });
  await press(page, page.getByRole("button", {name: say.see}).first());
  check(name, "a mistake has its line", /^\d+:\d+: /.test(await page.locator("#wrong li").first().innerText()));
  await look(page, `${name}-text-wrong`);
  await page.goto(`${base}/${language}/administration/services`);
  await look(page, `${name}-services`);
  await page.goto(`${base}/${language}/administration/clashes`);
  await look(page, `${name}-clashes`);
  await context.close();
}

await walk("pt", 390);
await walk("en", 1280);
await walk("es", 1920);

await browser.close();
const ended = await server.stop();
check("server", "ends well", ended === 0, `${ended}: ${server.complaints()}`);
finish("administration walked in three languages");

// Walks appointments by telephone and by video in a real browser: a citizen chooses the way, books in five steps
// and reads what happens; an attendant sees them at the desk, calls and opens the meeting. Used by ctest:
// node remote_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).
import {check, demonstrate, finish, look, openBrowser, press, signIn} from "./walk.mjs";

const {base, password, stop} = await demonstrate("remote");
const browser = await openBrowser();

// Books from the page of the site; how many steps it took. The first free time of today where there is one.
async function book(page, language, way, {site, service, mail, phone}, shot) {
  let steps = 0;
  if (site !== "contact") {
    await page.goto(`${base}/${language}/sites/${site}`);
    await press(page, page.locator(`a[href$='/sites/${site}/book']`));  // 1
    steps += 1;
  } else {
    await page.goto(`${base}/${language}`);
    await press(page, page.locator("a[href$='/sites/contact/book']"));  // 1
    steps += 1;
  }
  await page.locator(`input[value='${service}']`).check();
  if (await page.locator(`input[value='${way}']`).count()) await page.locator(`input[value='${way}']`).check();
  await shot(`choice-${site}`);
  await press(page, page.locator("main form button.main"));  // 2
  steps += 1;
  await page.locator("button[name=start]").first().waitFor();
  await shot(`times-${site}`);
  await press(page, page.locator("button[name=start]").first());  // 3
  steps += 1;
  await page.locator("#name").fill("Ana Exemplo");
  await page.locator("#mail").fill(mail);
  if (way === "phone") {
    await press(page, page.locator("form.sheet button.main"));
    await page.getByRole("alert").waitFor();
    check(way, "what was typed stays", (await page.locator("#mail").inputValue()) === mail);
    await shot(`number-missing-${site}`);
    await page.locator("#phone").fill(phone);
  }
  await press(page, page.locator("form.sheet button.main"));  // 4
  steps += 1;
  // Letters are carried within a second.
  const letters = page.locator("article.letter", {hasText: mail});
  for (let turn = 0; turn < 50; ++turn) {
    await page.goto(`${base}/${language}/letters`);
    if (await letters.count()) break;
    await page.waitForTimeout(200);
  }
  const letter = await letters.first().innerText();
  await page.goto(letter.match(/http:\/\/\S+\/confirm\/\S+/)[0]);
  await press(page, page.locator("main form button.main"));  // 5
  steps += 1;
  await page.locator(".ticket").waitFor();
  await shot(`booked-${site}`);
  return steps;
}

async function attend(page, language, where, shot, {site, desk, way, booking}) {
  await page.goto(`${base}/${language}/desk/${site}/${desk}`);
  const link = page.locator(`a[href$='/${booking}/call']`);
  const is_today = (await link.count()) > 0;
  await shot(`desk-${site}`);
  if (!is_today) {
    check(where, "the demonstration has a free time today", false);
    return;
  }
  await press(page, link);
  await shot(`before-${site}`);
  check(where, "no number before the look", !(await page.content()).includes("tel:"));
  await press(page, page.locator("main form[action$='/call'] button"));
  if (way === "phone") {
    await page.locator("a[href^='tel:+351']").waitFor();
  } else {
    await page.locator("a[href^='https://meet.jit.si/balcao-']").waitFor();
  }
  await shot(`open-${site}`);
}

for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 390]]) {
  const citizen = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  const clerk = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  for (const page of [citizen, clerk])
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("422")) check(`${language} ${width}`, "nothing on the console", false, message.text());
    });
  const where = `${language} ${width}`;
  const shot_of = (page) => (name) => look(page, `${where} ${name}`, `remote-${name}-${language}-${width}`);
  await signIn(clerk, base, language, password);
  for (const [way, place] of [
    ["video", {site: "saldanha", service: "gebalis-renda", mail: `v.${language}@example.org`, desk: "house-1"}],
    ["phone", {site: "contact", service: "cml-reclamacao", mail: `p.${language}@example.org`, desk: "phones-1", phone: `912 345 ${{pt: 678, en: 679, es: 680}[language]}`}],
  ]) {
    const steps = await book(citizen, language, way, place, shot_of(citizen));
    check(where, "five steps at most", steps <= 5, `${steps}`);
    check(where, "nobody needs to come", (await citizen.locator("form[action$='/check-in']").count()) === 0);
    if (way === "video") check(where, "the room", (await citizen.locator("a[href^='https://meet.jit.si/balcao-']").count()) === 1);
    else check(where, "the number", (await citizen.content()).includes(place.phone));
    const booking = /appointments\/([^/?]+)/.exec(citizen.url())[1].split(".").slice(0, 3).join(".");
    await attend(clerk, language, where, shot_of(clerk), {...place, way, booking});
    await citizen.reload();
    await shot_of(citizen)(`begun-${place.site}`);
  }
  await citizen.context().close();
  await clerk.context().close();
}

await browser.close();
check("remote", "stops cleanly", (await stop()) === 0);
finish("appointments by telephone and video hold");

// Walks a kiosk and a display of a hall in a real browser: enabled by a manager, pressed with a thumb, by the keyboard
// alone, without scripts, in three languages, printed again, over a line that is cut. Used by ctest:
// node kiosk_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).

import {picture} from "./picture.mjs";
import {check, demonstrate, expectQuiet, finish, folder, look as lookAt, openBrowser, press, signIn} from "./walk.mjs";

let server = await demonstrate("kiosk");
const {base, password} = server;
const browser = await openBrowser();

// A machine or a person; nothing on the console but what is allowed, no request to anybody else.
async function context(where, {width, height, scripts = true, allows = [], state}) {
  const made = await browser.newContext({viewport: {width, height}, javaScriptEnabled: scripts, reducedMotion: "reduce", storageState: state});
  await made.addInitScript(() => {
    window.print = () => sessionStorage.setItem("prints", String(Number(sessionStorage.getItem("prints") ?? 0) + 1));
  });
  const page = await made.newPage();
  expectQuiet(page, where, base, allows);
  return page;
}

// A kiosk shows what is on its screen and nothing below it.
async function look(page, where, shot) {
  await lookAt(page, where, shot, {fullPage: false});
  const small = await page.evaluate(() =>
    Array.from(document.querySelectorAll(".kiosk :is(a, button)"))
      .map((one) => ({box: one.getBoundingClientRect(), text: one.textContent.trim().slice(0, 30)}))
      .filter(({box}) => box.width > 0 && (box.height < 60 || box.width < 60))
      .map(({box, text}) => `${text} ${Math.round(box.width)}x${Math.round(box.height)}`),
  );
  check(where, "what is pressed is 60 px or more", small.length === 0, small.join(", "));
}

const number = (page) => page.locator(".ticket .number").textContent();
const waiting = async (page) => Number((await page.locator("[data-offer] strong").textContent()) ?? "0");

// The manager, signed in once.
const manager = await context("the manager", {width: 1280, height: 900, allows: ["422"]});
await signIn(manager, base, "en", password);

async function enable(page, what, name) {
  const code = await page.locator(".number.code").textContent();
  await manager.goto(`${base}/en/hall/saldanha/devices`);
  await manager.locator("#code").fill(code.toLowerCase().replace("-", " "));
  await manager.locator("#what").selectOption(what);
  await manager.locator("#name").fill(name);
  await press(manager, manager.getByRole("button", {name: "Enable", exact: true}));
  await manager.getByRole("rowheader", {name, exact: true}).waitFor();
}

// Not enabled: no ticket, and it says so; enabled, the page goes on by itself.
const first = await context("a new machine", {width: 1080, height: 1920, allows: ["403"]});
await first.goto(`${base}/pt/kiosk`);
await look(first, "not enabled", "kiosk-not-enabled");
check("a new machine", "nothing to press for a ticket", (await first.locator("[data-press]").count()) === 0);
await manager.goto(`${base}/en/hall/saldanha/devices`);
await manager.locator("#code").fill("AAAA-AAAA");
await manager.locator("#name").fill("East door");
await press(manager, manager.getByRole("button", {name: "Enable", exact: true}));
check("the manager", "a slip is told", await manager.getByRole("alert").isVisible());
await look(manager, "a slip", "kiosk-devices-slip");
await enable(first, "kiosk/entrance", "East door");
await first.locator("[data-press]").first().waitFor();
await look(manager, "the machines", "kiosk-devices");
const state = await first.context().storageState();
await first.context().close();

const start = {pt: "De que precisa?", en: "What do you need?", es: "¿Qué necesita?"};
for (const [width, height] of [[1080, 1920], [1280, 800]]) {
  for (const language of ["pt", "en", "es"]) {
    const where = `${language} ${width}x${height}`;
    const shot = `${language}-${width}`;
    const page = await context(where, {width, height, state});
    await page.goto(`${base}/${language}/kiosk`);
    check(where, "speaks its language", (await page.getByRole("heading", {level: 1}).textContent()) === start[language]);
    await look(page, `${where} start`, `kiosk-start-${shot}`);
    await press(page, page.locator("a.choice").first());
    await look(page, `${where} group`, `kiosk-group-${shot}`);
    // One press, pressed twice: one ticket, printed once.
    const button = page.locator("form[data-press] button").first();
    await button.dblclick();
    await page.waitForURL(/\/kiosk\/tickets\//);
    const given = await number(page);
    await page.waitForFunction(() => sessionStorage.getItem("prints") === "1");
    await look(page, `${where} ticket`, `kiosk-ticket-${shot}`);
    await page.emulateMedia({media: "print"});
    await picture(page, folder, `kiosk-paper-${shot}`, {clip: {x: 0, y: 0, width: 302, height: 605}});
    check(where, "paper has nothing to press", !(await page.locator(".bottom").isVisible()));
    await page.emulateMedia({media: "screen"});
    // It did not print: the same number, and no new ticket.
    await press(page, page.locator(".ways a").first());
    await page.waitForURL(/\/again$/);
    check(where, "the number is the same", (await number(page)) === given);
    await page.locator("[data-print-now]").click();
    check(where, "it is printed again", (await page.evaluate(() => sessionStorage.getItem("prints"))) === "2");
    await look(page, `${where} again`, `kiosk-again-${shot}`);
    await press(page, page.locator(".back a"));
    await page.waitForURL(/\/pt\/kiosk$/);
    for (const room of ["several", "check-in", "help", "complaints"]) {
      await page.goto(`${base}/${language}/kiosk/${room}`);
      await look(page, `${where} ${room}`, `kiosk-${room}-${shot}`);
    }
    await page.context().close();
  }
}

{
  const where = "priority";
  const page = await context(where, {width: 1080, height: 1920, state});
  await page.goto(`${base}/en/kiosk`);
  await press(page, page.getByRole("link", {name: /I have priority by law/}));
  await look(page, where, "kiosk-priority");
  await page.getByRole("button", {name: /General information/}).click();
  await page.waitForURL(/\/kiosk\/tickets\//);
  check(where, "stands on the ticket", await page.getByText("Priority by law").isVisible());
  // The countdown runs, and can be stopped.
  await page.waitForFunction(() => /\d/.test(document.querySelector("[data-left]").textContent));
  await page.getByRole("button", {name: "More time"}).click();
  await page.waitForTimeout(600);
  check(where, "the countdown is stopped", (await page.locator("[data-left]").textContent()) === "");
  await page.context().close();
}

// By the keyboard alone.
{
  const where = "the keyboard alone";
  const page = await context(where, {width: 1280, height: 800, state});
  await page.goto(`${base}/en/kiosk`);
  for (let steps = 0; steps < 30; ++steps) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches("form[data-press] button"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/kiosk\/tickets\//);
  check(where, "a ticket is taken", /^\d+$/.test(await number(page)));
  await page.context().close();
}

// Without scripts: the same ways, and back to the beginning by the browser alone.
{
  const where = "without scripts";
  const page = await context(where, {width: 1080, height: 1920, scripts: false, state, allows: ["404"]});
  await page.goto(`${base}/es/kiosk`);
  await page.getByRole("button", {name: /Información general/}).click();
  await page.waitForURL(/\/kiosk\/tickets\//);
  check(where, "a ticket is taken", /^\d+$/.test(await number(page)));
  await picture(page, folder, "kiosk-without-scripts", {});
  await press(page, page.locator(".ways a").first());
  await page.waitForURL(/\/again$/);
  await page.goto(`${base}/es/kiosk/check-in`);
  for (const key of "ABC123") await page.locator(`#key-${key}`).click();
  await press(page, page.locator("form[data-press] button"));
  check(where, "a wrong code is told", await page.getByRole("alert").getByText("ABC123").isVisible());
  await page.context().close();
}

// A display: enabled the same way, large on both sizes.
const display = await context("a display", {width: 1920, height: 1080, allows: ["403"]});
await display.goto(`${base}/pt/display`);
await enable(display, "display", "Waiting room");
await display.locator(".board").waitFor();
await display.locator(".board tbody tr").first().waitFor();
for (const [width, height] of [[1920, 1080], [1280, 720]]) {
  await display.setViewportSize({width, height});
  await look(display, `a display ${width}`, `kiosk-display-${width}`);
  const tall = await display.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  check(`a display ${width}`, "fits the height", tall <= 0, `${tall} px too high`);
}
await display.context().close();

// The line is cut: it is told, a press is kept, and comes through once when the line is back.
{
  const where = "a cut line";
  const page = await context(where, {width: 1080, height: 1920, state, allows: ["ERR_", "Failed to load"]});
  await page.goto(`${base}/pt/kiosk`);
  await page.locator("[data-offer] strong").waitFor();
  check(where, "nothing is told while it holds", (await page.textContent("#line")) === "");
  await server.stop();
  await page.waitForFunction(() => document.querySelector(".kiosk").hasAttribute("data-lost"));
  await page.locator("form[data-press] button").first().click();
  await page.locator("[data-told]").waitFor();
  await look(page, where, "kiosk-line-cut");
  check(where, "the page stays", /\/pt\/kiosk$/.test(page.url()));
  server = await demonstrate("kiosk", server);
  await page.waitForURL(/\/kiosk\/tickets\//, {timeout: 60_000});
  check(where, "the press became a ticket", /^\d+$/.test(await number(page)));
  await page.context().close();
  const idle = await context(where, {width: 1080, height: 1920, state, allows: ["ERR_", "Failed to load"]});
  await idle.goto(`${base}/pt/kiosk`);
  const before = await waiting(idle);
  check(where, "the hall is told", Number.isInteger(before));
  await idle.context().close();
}

// A proxy that says it cannot reach us: the kiosk stays on its page, and a press is kept until we answer.
{
  const where = "a proxy in between";
  const page = await context(where, {width: 1080, height: 1920, state, allows: ["ERR_", "Failed to load"]});
  const broken = {status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>"};
  await page.route("**/en/kiosk/help", async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, body: (await response.text()).replace(/data-back="\d+"/, 'data-back="1"')});
  });
  let asked = 0;
  await page.route("**/pt/kiosk", (route) => {
    asked += 1;
    return route.fulfill(broken);
  });
  await page.goto(`${base}/en/kiosk/help`);
  while (asked === 0) await page.waitForTimeout(100);
  await page.waitForTimeout(500);
  check(where, "the page stays while there is no other", /\/en\/kiosk\/help$/.test(page.url()), page.url());
  await page.unroute("**/pt/kiosk");
  await page.waitForURL(/\/pt\/kiosk$/, {timeout: 20_000});
  await page.goto(`${base}/en/kiosk`);
  let presses = 0;
  await page.route("**/kiosk/tickets", (route) => {
    presses += 1;
    if (presses === 1) return route.fulfill(broken);
    if (presses === 2) return route.fulfill({...broken, status: 429, headers: {"Retry-After": "1"}});
    return route.continue();
  });
  await page.locator("form[data-press] button").first().click();
  await page.waitForURL(/\/kiosk\/tickets\//, {timeout: 30_000});
  check(where, "a press is sent again", presses === 3, String(presses));
  check(where, "it became a ticket", /^\d+$/.test(await number(page)));
  await page.context().close();
}

await browser.close();
await server.stop();
finish("the kiosk was walked");

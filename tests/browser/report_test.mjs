// Opens report pages in a real browser and looks at them as people do: on a desk and on a phone, in three languages,
// by day and by night, with and without scripts, with the keyboard alone, on paper. Used by ctest:
// node report_test.mjs CHROMIUM FOLDER PAGE…, where FOLDER/PAGE.html are the pages and pictures (picture.mjs) go beside them.
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

import {violations} from "./axe.mjs";
import {picture} from "./picture.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const {chromium} = require("playwright-core");

const [executablePath, folder, ...names] = process.argv.slice(2);
const languages = ["pt", "en", "es"];
let failures = 0;

function check(where, name, holds, why = "") {
  if (holds) return;
  failures += 1;
  console.error(`failed: ${where}: ${name} ${why}`);
}

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

// Opens a page, runs `look`, and expects of every page: no request beyond its file, nothing on the console.
async function visit(name, {width, scheme = "light", scripts = true}, look) {
  const where = `${name} ${width} ${scheme}${scripts ? "" : " without scripts"}`;
  const context = await browser.newContext({
    viewport: {width, height: 900},
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const url = pathToFileURL(join(folder, `${name}.html`)).href;
  page.on("console", (message) => check(where, "the console is silent", false, message.text()));
  page.on("pageerror", (error) => check(where, "no script fails", false, error.message));
  page.on("request", (request) => {
    const asked = request.url();
    check(where, "asks nothing of the network", asked.split("#")[0] === url || asked.startsWith("data:"), asked);
  });
  await page.goto(url);
  await look(page, where);
  await context.close();
}

const show = (page, language) => page.check(`#language-${language}`, {force: true});

// Redrawing happens within a frame; without scripts no promise of the page would ever be kept.
const settled = (page) => page.waitForTimeout(100);

// What must hold of the language that is shown. 44 pixels are what a finger needs.
function inspect(language, hasScripts) {
  const faults = [];
  const expect = (holds, what) => holds || faults.push(what);
  const isSeen = (element) => element.getClientRects().length > 0;
  const article = document.getElementById(language);
  const seen = [...document.querySelectorAll("article")].filter(isSeen);
  expect(seen.length === 1 && seen[0] === article, "one language is shown");
  expect([...document.querySelectorAll("h1")].filter(isSeen).length === 1, "one h1 is shown");
  expect(document.documentElement.scrollWidth <= innerWidth, `no sideways scrolling: ${document.documentElement.scrollWidth}`);
  expect(article.querySelectorAll(".sentences p").length === 2, "the answer has two sentences");
  if (hasScripts) expect(document.documentElement.lang === language, "the page's language follows");
  for (const figure of article.querySelectorAll("figure")) {
    const name = figure.id;
    const table = figure.querySelector("table");
    expect(table?.caption && table.tBodies[0].rows.length > 0, `${name} has a table with a caption`);
    expect([...table.querySelectorAll("th")].every((cell) => cell.scope), `${name}: headings have a scope`);
    expect([...table.querySelectorAll("th, td")].every((cell) => cell.textContent.trim() !== ""), `${name}: no cell is empty`);
    const link = figure.querySelector("a[download]");
    const csv = atob(link.href.split(",")[1] ?? "").trim().split("\n");
    expect(csv.length > 1 && csv[0].includes("half_width"), `${name} can be had as CSV`);
    const drawings = [...figure.querySelectorAll(".plot")].filter(isSeen);
    expect(!hasScripts || figure.querySelector(".plot") === null || drawings.length > 0, `${name} is drawn`);
    expect(drawings.every((plot) => plot.querySelector("svg") && plot.getAttribute("aria-label")), `${name}: drawings speak`);
    if (!hasScripts) expect(isSeen(table) && drawings.length === 0, `${name}: the table is open`);
  }
  for (const target of document.querySelectorAll("nav a, .languages label, summary, .download a"))
    if (isSeen(target)) expect(target.getBoundingClientRect().height >= 44, `large enough to touch: ${target.textContent}`);
  // A curve that breaks has its flag in the drawing, in the words of the table, and its bound likewise.
  for (const plot of hasScripts ? article.querySelectorAll('.plot[data-drawing="curves"]') : []) {
    const figure = plot.closest("figure");
    const said = [...plot.querySelectorAll("svg text")].map((text) => text.textContent);
    const groups = [...figure.querySelectorAll("tbody[data-at-least], tbody[data-at-most]")];
    expect(groups.length === plot.querySelectorAll(".panel").length, `${figure.id} has a panel each target`);
    for (const group of groups) expect(said.includes(group.dataset.wanted), `${figure.id} draws the bound ${group.dataset.wanted}`);
    const marks = [...figure.querySelectorAll("td[data-mark]")].map((cell) => cell.dataset.mark);
    for (const mark of marks) expect(said.filter((text) => text === mark).length > 0, `${figure.id} flags ${mark}`);
    for (const text of plot.querySelectorAll("svg text")) {
      const box = text.getBoundingClientRect();
      expect(box.left >= 0 && box.right <= innerWidth, `${figure.id}: in sight: ${text.textContent}`);
    }
  }
  for (const svg of article.querySelectorAll(".plot svg text"))
    if (isSeen(svg)) expect(!/NaN|undefined|null/.test(svg.textContent), `a drawing says ${svg.textContent}`);
  return faults;
}

async function accessible(page, where) {
  const found = await violations(page);
  for (const {rule, places} of found.violations) check(where, `axe ${rule}`, false, places.join("\n  "));
  check(where, "axe looked", found.content > 15);
}

// `axeIn`: the languages in which axe looks; colours and structure are the same in all, so it is dear to repeat it.
async function looks(name, {shown = languages, axeIn = [], photographed = shown, ...view}) {
  await visit(name, view, async (page, where) => {
    for (const language of shown) {
      await show(page, language);
      await settled(page);
      const here = `${where} ${language}`;
      for (const fault of await page.evaluate(`(${inspect})("${language}", ${view.scripts !== false})`)) check(here, fault, false);
      if (axeIn.includes(language)) await accessible(page, here);
      if (!photographed.includes(language)) continue;
      const file = `${name}-${view.width}-${language}-${view.scheme ?? "light"}${view.scripts === false ? "-no-scripts" : ""}`;
      await picture(page, folder, file);
    }
  });
}

// The keyboard alone: skip link, languages, a table opened, a wide table scrolled.
async function keyboard(name) {
  await visit(name, {width: 390}, async (page, where) => {
    const focus = () => page.evaluate(() => ({tag: document.activeElement.tagName, id: document.activeElement.id, cls: document.activeElement.className}));
    const first = await page.evaluate(() => document.documentElement.lang);
    const next = languages[(languages.indexOf(first) + 1) % languages.length];
    await page.keyboard.press("Tab");
    const skip = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return {cls: document.activeElement.className, left: box.left, lang: document.activeElement.lang};
    });
    check(where, "the first stop is the skip link, in sight", skip.cls === "skip" && skip.left >= 0 && skip.lang === first, JSON.stringify(skip));
    await page.keyboard.press("Tab");
    check(where, "then the languages", (await focus()).id === `language-${first}`);
    await page.keyboard.press("ArrowRight");
    check(where, "an arrow changes the language", (await page.evaluate(() => document.documentElement.lang)) === next);
    const stops = [];
    for (let i = 0; i < 400; ++i) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        const box = focused.getBoundingClientRect();
        return {tag: focused.tagName, cls: focused.className, seen: box.width > 0 && box.height > 0, outline: getComputedStyle(focused).outlineStyle};
      });
      if (at.tag === "BODY") break;
      stops.push(at);
    }
    check(where, "every stop is in sight, with an outline", stops.every((stop) => stop.seen && stop.outline !== "none"), JSON.stringify(stops.find((stop) => !stop.seen || stop.outline === "none")));
    check(where, "every download can be reached", stops.filter((stop) => stop.tag === "A").length > 5);
    const closed = await page.evaluate((language) => {
      const details = document.querySelector(`#${language} details:not([open])`);
      details.id = "opened-by-key";
      return details.querySelector("summary") !== null;
    }, next);
    check(where, "a drawn table is closed and can be opened", closed);
    await page.locator("#opened-by-key > summary").focus();
    await page.keyboard.press("Enter");
    check(where, "Enter opens a table", await page.evaluate(() => document.getElementById("opened-by-key").open));
    await page.keyboard.press("Tab");
    check(where, "and the table is the next stop", (await focus()).cls === "scroll");
  });
}

// On paper every table is there and nothing is there that only a screen needs.
async function paper(name) {
  await visit(name, {width: 1280}, async (page, where) => {
    await page.emulateMedia({media: "print"});
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const faults = await page.evaluate(() => {
      const isSeen = (element) => element.getClientRects().length > 0;
      const article = [...document.querySelectorAll("article")].find(isSeen);
      return [
        [...article.querySelectorAll("table")].every(isSeen) ? "" : "a table is missing",
        [...document.querySelectorAll("nav, .languages, .download")].some(isSeen) ? "a control is printed" : "",
      ].filter((fault) => fault !== "");
    });
    for (const fault of faults) check(where, `on paper ${fault}`, false);
    const pdf = await page.pdf({format: "A4", tagged: true, path: join(folder, `${name}.pdf`)});
    check(where, "prints", pdf.length > 10_000);
  });
}

// An address ending in #es shows Spanish.
async function address(name) {
  await visit(name, {width: 1280}, async (page, where) => {
    await page.goto(`${pathToFileURL(join(folder, `${name}.html`)).href}#es-method`);
    await settled(page);
    check(where, "the address chooses the language", (await page.evaluate(() => document.documentElement.lang)) === "es");
  });
}

for (const name of names) {
  await looks(name, {width: 1280, axeIn: languages});
  await looks(name, {width: 390});
  for (const width of [1280, 390]) {
    await looks(name, {width, scheme: "dark", shown: ["pt"], axeIn: width === 390 ? ["pt"] : []});
    await looks(name, {width, scripts: false, photographed: width === 390 ? ["pt"] : []});
  }
  await keyboard(name);
  await paper(name);
  await address(name);
}
await browser.close();
console.log(failures === 0 ? `${names.length} pages are as they should be` : `${failures} failures`);
process.exit(failures === 0 ? 0 : 1);

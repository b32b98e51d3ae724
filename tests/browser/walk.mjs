// What every walk through the pages in a real browser needs: the demonstration of Lisbon on a port of its own, a
// browser, what is expected of every page, and the end. Each walk is called as: node WALK CHROMIUM BALCAO FOLDER, where
// the journal goes into FOLDER, and pictures when they are asked for.
import {mkdirSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

import {launch} from "../api/server.mjs";
import {violations} from "./axe.mjs";
import {picture} from "./picture.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const [executablePath, balcao, folder] = process.argv.slice(2);
const require = createRequire(join(root, "web/package.json"));
const {chromium} = require("playwright-core");
let failures = 0;

export function check(where, name, holds, why = "") {
  if (holds) return;
  failures += 1;
  console.error(`failed: ${where}: ${name} ${why}`);
}

// The office of Lisbon, with a journal of that name; `before`: the same one, started again where it was.
export async function openOffice(name, options = [], before = undefined) {
  const data = join(folder, `${name}-data`);
  if (before === undefined) rmSync(data, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  const listen = before?.address ?? "127.0.0.1:0";
  return launch(balcao, [join(root, "models/lisbon"), ...options, "--data", data, "--listen", listen], before);
}

export const demonstrate = (name, before = undefined) => openOffice(name, ["--demonstration"], before);

export function openBrowser() {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// Nothing on the console but what is allowed, no script that fails, no request to anybody else.
export function expectQuiet(page, where, base, allows = []) {
  page.setDefaultTimeout(30_000);
  page.on("console", (message) => {
    if (!allows.some((allowed) => message.text().includes(allowed))) check(where, "the console is silent", false, message.text());
  });
  page.on("pageerror", (error) => check(where, "no script fails", false, error.message));
  page.on("request", (request) => check(where, "asks nobody else", request.url().startsWith(base) || request.url().startsWith("data:"), request.url()));
}

async function checkFits(page, where, how) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(where, how, overflow <= 0, `${overflow} px too wide`);
}

// Who reads at 200 % has half the room, and 320 px is what the least of screens has (WCAG 1.4.4, 1.4.10).
async function checkZoomed(page, where) {
  const size = page.viewportSize();
  const half = {width: Math.max(320, Math.floor(size.width / 2)), height: Math.floor(size.height / 2)};
  await page.setViewportSize(half);
  await checkFits(page, where, `fits at 200 %, ${half.width} px`);
  await page.setViewportSize(size);
}

// The page as it is: nothing wider than the screen, also at 200 %, a picture, no violation of WCAG that axe-core finds.
export async function look(page, where, shot = where, {fullPage = true} = {}) {
  await checkFits(page, where, "fits the width");
  await checkZoomed(page, where);
  await picture(page, folder, shot, {fullPage});
  for (const {rule, places} of (await violations(page)).violations) check(where, `axe: ${rule}`, false, places.join(" "));
}

// Presses what leads to another page, and is back when that page is there.
export const press = (page, control) => Promise.all([page.waitForEvent("load"), control.click()]);

// Somebody of the house signs in.
export async function signIn(page, base, language, password) {
  await page.goto(`${base}/${language}/sign-in`);
  await page.locator("#sign-in-name").fill("demo");
  await page.locator("#password").fill(password);
  await press(page, page.locator("form:has(#password) button").first());
}

// Ends the program: with what was walked, or with how much failed.
export function finish(walked) {
  if (failures > 0) console.error(`${failures} failed`);
  else console.log(walked);
  process.exit(failures > 0 ? 1 : 0);
}

// Measures pages with Lighthouse on a telephone (its own preset), and what they weigh over the wire and how soon the
// server answers: node lighthouse.mjs CHROMIUM BALCAO LIGHTHOUSE, where LIGHTHOUSE is a folder with Lighthouse 12 in its
// node_modules (npm install lighthouse@12; 185 MB, so it is no part of web/). Writes a table; ends with 1 where a page
// misses its target. Not a test of ctest: it wants a machine that does nothing else.
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {request} from "node:http";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const [executablePath, balcao, lighthouseFolder] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const {chromium} = createRequire(join(root, "web/package.json"))("playwright-core");
const theirs = createRequire(join(lighthouseFolder, "package.json"));
const {default: lighthouse} = await import(pathToFileURL(theirs.resolve("lighthouse")).href);

const data = mkdtempSync(join(tmpdir(), "lighthouse-"));
const server = spawn(balcao, ["serve", join(root, "models/lisbon"), "--demonstration", "--data", data, "--listen", "127.0.0.1:0"]);
process.on("exit", () => { server.kill("SIGKILL"); rmSync(data, {recursive: true, force: true}); });
const [base, password] = await new Promise((found, failed) => {
  let said = "";
  server.stdout.on("data", (text) => {
    said += text;
    const address = said.match(/http:\/\/([\d.]+:\d+)\//);
    const secret = said.match(/password (\S+)\n/);
    if (address && secret) found([`http://${address[1]}`, secret[1]]);
  });
  server.on("exit", (code) => failed(new Error(`the server ended with ${code}`)));
});

const port = 9300 + (process.pid % 500);
const browser = await chromium.launch({
  executablePath,
  args: [`--remote-debugging-port=${port}`, "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await (await browser.newContext()).newPage();

// A ticket, a session, an enabled kiosk: what the pages need.
await page.goto(`${base}/pt/sites/baixa`);
await page.locator("input[name=service]").first().check();
await page.locator("main form button.main").click();
await page.waitForURL(/\/tickets\//);
const ticket = page.url();
await page.goto(`${base}/pt/sign-in`);
await page.locator("#sign-in-name").fill("demo");
await page.locator("#password").fill(password);
await page.locator("#password").press("Enter");
await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
const kiosk = await (await browser.newContext()).newPage();
await kiosk.goto(`${base}/pt/kiosk`);
const code = (await kiosk.locator(".code").first().innerText()).replace(/\s/g, "");
await page.goto(`${base}/pt/hall/baixa/devices`);
await page.locator("#code").fill(code);
await page.locator("#name").fill("Entrada");
await page.locator("form.sheet button.main").click();
const cookie_of = async (of) => (await of.context().cookies()).map(({name, value}) => `${name}=${value}`).join("; ");
const session = await cookie_of(page);
const machine = await cookie_of(kiosk);
for (const open of [page, kiosk]) await open.context().close();  // a telephone shows one page, and these would follow the hall beside it

const pages = [
  ["home", `${base}/pt`, ""],
  ["site", `${base}/pt/sites/baixa`, ""],
  ["ticket", ticket, ""],
  ["book", `${base}/pt/sites/saldanha/book?service=gebalis-renda&channel=video`, ""],
  ["board", `${base}/pt/sites/baixa/board`, ""],
  ["desk", `${base}/pt/desk/baixa/general-1`, session],
  ["kiosk", `${base}/pt/kiosk`, machine],
  ["record", `${base}/pt/sites/baixa/record`, ""],
];

// The middle of twenty first answers of the page itself, in milliseconds.
async function first_answer(address, cookie) {
  const times = [];
  for (let turn = 0; turn < 20; ++turn)
    times.push(await new Promise((found, failed) => {
      const began = process.hrtime.bigint();
      request(address, {headers: {Cookie: cookie}}, (answer) => {
        found(Number(process.hrtime.bigint() - began) / 1e6);
        answer.resume();
      }).on("error", failed).end();
    }));
  return times.sort((a, b) => a - b)[10];
}

let missed = 0;
console.log("| page | performance | accessibility | kB over the wire | first answer, ms |\n|---|---|---|---|---|");
for (const [name, address, cookie] of pages) {
  const run = async () => lighthouse(address, {port, output: "json", logLevel: "error", onlyCategories: ["performance", "accessibility"], extraHeaders: cookie ? {Cookie: cookie} : {}, maxWaitForLoad: 20000});
  const runs = [];
  for (let turn = 0; turn < 3; ++turn) runs.push((await run()).lhr);
  runs.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
  const {categories, audits, finalDisplayedUrl} = runs[1];
  if (finalDisplayedUrl !== address) throw new Error(`${name}: led from ${address} to ${finalDisplayedUrl}`);
  const weight = audits["total-byte-weight"].numericValue / 1000;
  const answer = await first_answer(address, cookie);
  const performance = Math.round(categories.performance.score * 100);
  const accessibility = Math.round(categories.accessibility.score * 100);
  console.log(`| ${name} | ${performance} | ${accessibility} | ${weight.toFixed(0)} | ${answer.toFixed(1)} |`);
  if (performance < 95 || accessibility < 100 || weight > 100 || answer > 20) {
    missed += 1;
    for (const id of Object.keys(audits))
      if (audits[id].score !== null && audits[id].score < 0.9 && ["numeric", "binary", "metricSavings"].includes(audits[id].scoreDisplayMode))
        console.error(`  ${name}: ${id}: ${audits[id].displayValue ?? ""} ${(audits[id].details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.url ?? "").join(" ")}`);
  }
}
await browser.close();
server.kill("SIGTERM");
process.exitCode = missed === 0 ? 0 : 1;

// What leaves the record of a live office: the journal of a demonstration, read by statistics, law and export, whose
// JSON is what the published schemas say, whose event log is OCEL 2.0, and in which nothing is personal. Used by ctest:
// node record_test.mjs BALCAO FOLDER. The schema of OCEL 2.0 is public data (docs/calibration.md); where it is not
// there, that is said.
import {spawn, spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const Ajv = require("ajv/dist/2020").default;
const AjvOld = require("ajv").default;
const [balcao, folder] = process.argv.slice(2);
const model = join(root, "models/lisbon");
const data = mkdtempSync(join(folder, "record-"));
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
let failures = 0;

function check(name, holds, why = "") {
  if (holds) return;
  failures += 1;
  console.error(`failed: ${name} ${why}`);
}

function run(...options) {
  const done = spawnSync(balcao, options, {encoding: "utf8", maxBuffer: 1 << 28});
  return {status: done.status, out: done.stdout, err: done.stderr};
}

// Three requests, which their entity takes at once.
async function askFor(base) {
  const details = {"full-name": "Ana Exemplo", "member-number": "1", "address": "Rua do Exemplo 1\n1000-001 Lisboa"};
  await Promise.all([0, 1, 2].map(async (time) => {
    const asked = await fetch(`${base}/api/v1/requests`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "Idempotency-Key": `asked-for-often-${time}`},
      body: JSON.stringify({service: "acp-cartao-2via", answers: [], contact: {mail: "ana@example.org"}, agreed: ["acp"],
        details: Object.entries(details).map(([detail, text]) => ({detail, text}))}),
    });
    const made = await asked.json();
    check("a request is taken", asked.status === 200, JSON.stringify(made));
    let state = made.state;
    for (let tries = 0; tries < 120 && state !== "concluded"; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      state = (await (await fetch(`${base}/api/v1/cases/${made.link}`)).json()).state;
    }
    check("a request is concluded", state === "concluded", state);
  }));
}

// A morning of the city, in the journal.
async function live() {
  const server = spawn(balcao, ["serve", model, "--demonstration", "--data", data, "--listen", "127.0.0.1:0"]);
  let told = "";
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (piece) => {
      told += piece;
      if (told.includes("until it is stopped")) resolve();
    });
    server.on("exit", () => reject(new Error("the server ended")));
  });
  server.removeAllListeners("exit");
  await askFor(/ (http:\S+?)\/? until/.exec(told)[1]);
  const ended = new Promise((resolve) => server.on("exit", resolve));
  server.kill("SIGTERM");
  check("the server ends well", (await ended) === 0);
}

function refused(validate, document, spoilt) {
  for (const [what, spoil] of spoilt) {
    const copy = structuredClone(document);
    spoil(copy);
    check(`${what} is refused`, !validate(JSON.parse(JSON.stringify(copy))));
  }
}

function statistics() {
  const ajv = new Ajv({allErrors: true, strictTypes: false});
  ajv.addSchema(read(join(root, "docs/results.schema.json")), "results.schema.json");
  const validate = ajv.compile(read(join(root, "docs/statistics.schema.json")));
  const told = run("statistics", model, "--data", data, "--simulate", "--replications", "2", "--json", "-");
  check("statistics answer", told.status === 0, told.err);
  const document = JSON.parse(told.out);
  check("statistics are valid", validate(document), JSON.stringify(validate.errors?.slice(0, 3), null, 1));
  check("there are tickets", document.tickets > 100);
  check("waits are there by site, service and hour", ["site", "service", "hour"].every((part) =>
    document.measures.some((row) => row.measure === "wait" && part in row)));
  check("each simulated row has its measured one", document.simulated.length > 10 && document.simulated.every((row) =>
    document.measures.some((one) => ["measure", "limit", "site", "service", "desk", "step", "channel", "hour"]
      .every((key) => one[key] === row[key]))));
  check("promises stand beside", document.office.some((row) => row.measure === "promise_kept"));
  check("targets stand beside", document.targets.length > 3 && document.targets.some((one) => one.mean !== null));
  refused(validate, document, [
    ["an unknown key", (json) => (json.people = [])],
    ["a mean without its interval", (json) => delete json.measures[0].half_width],
    ["an unknown measure of the office", (json) => (json.office[0].measure = "smiles")],
    ["a date that is none", (json) => (json.from = "yesterday")],
  ]);
  const table = run("statistics", model, "--data", data, "--site", "entrecampos");
  check("a person reads them", table.status === 0 && table.out.includes("from the journal alone"), table.err);
  check("a site that is not there is told", run("statistics", model, "--data", data, "--site", "atlantis").err
    .includes("there is no site atlantis"));
  check("days without anything are told", run("statistics", model, "--data", data, "--to", "2001-01-01").status !== 0);
}

function law() {
  const validate = new Ajv({allErrors: true, strictTypes: false}).compile(read(join(root, "docs/law.schema.json")));
  const told = run("law", model, "--data", data, "--json", "-");
  check("the law answers", told.status === 0, told.err);
  const document = JSON.parse(told.out);
  check("the law is valid", validate(document), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
  check("every duty is of every day", document.days.length > 3 && document.days.every((day) => day.found.length === 6));
  refused(validate, document, [
    ["another judgement", (json) => (json.days[0].found[0].kept = "nearly")],
    ["a condition of priority", (json) => (json.days[0].found[0].condition = "pregnant")],
    ["figures of another duty", (json) => (json.days[0].found[0].by_forecast = 1)],
  ]);
  const table = run("law", model, "--data", data, "--site", "entrecampos");
  check("a person reads it", table.status === 0 && table.out.includes("half-for-walk-ins:"), table.err);
  check("what was read of each text is told", table.out.includes("(excerpt)") && table.out.includes("(report)"));
}

// TR-04: what happened to requests, as both kinds of log, with as many events as the journal has.
function requests() {
  const ocel = join(data, "cases.json");
  const xes = join(data, "cases.xes");
  check("a site has no requests", run("export", model, "--data", data, "--site", "baixa", "--cases-xes", xes).err
    .includes("requests belong to no site"));
  const told = run("export", model, "--data", data, "--cases-ocel", ocel, "--cases-xes", xes);
  check("the export of requests answers", told.status === 0, told.err);
  const [, cases, events] = /(\d+) requests, (\d+) events/.exec(told.err) ?? [];
  check("three requests", cases === "3", told.err);
  const log = read(ocel);
  check("OCEL has every event", log.events.length === Number(events) && log.events.length >= 9, told.err);
  checkOcel(log);
  const counted = spawnSync("python3", ["-c", "import sys, xml.etree.ElementTree as t; r = t.parse(sys.argv[1]).getroot(); "
    + "n = '{http://www.xes-standard.org/}'; print(r.tag == n + 'log', len(r.findall(n + 'trace')), len(r.findall(f'{n}trace/{n}event')))", xes],
  {encoding: "utf8"});
  check("XES has every event", counted.stdout.trim() === `True 3 ${events}`, counted.stdout + counted.stderr);
  const verified = run("verify", "--data", data);
  check("and the journal is sound", verified.status === 0, verified.out + verified.err);
  for (const path of [ocel, xes])
    check(`${path} names nobody`, !/Exemplo|example\.org|2026-0000/.test(readFileSync(path, "utf8")));
  const none = run("export", model, "--data", data, "--to", "2001-01-01", "--cases-xes", xes);
  check("no requests are no mistake", none.status === 0 && none.err.includes("0 requests, 0 events"), none.err);
}

// The schema of OCEL 2.0 is public data; where it is not there, that is said.
function checkOcel(log) {
  const schema = [process.env.BALCAO_DATA, join(root, "../shared/data")].filter(Boolean)
    .map((place) => join(place, "standards/ocel2/schema_ocel2.json")).find((path) => existsSync(path));
  const ids = new Set(log.objects.map((one) => one.id));
  check("objects of the log are there once", ids.size === log.objects.length);
  check("events of the log know their objects", log.events.every((event) =>
    event.relationships.every((one) => ids.has(one.objectId))));
  if (schema === undefined) {
    console.log("the schema of OCEL 2.0 is not there: the log was not checked against it");
    return;
  }
  const validate = new AjvOld({allErrors: true, strict: false, validateFormats: false}).compile(read(schema));
  check("the log is OCEL 2.0", validate(log), JSON.stringify(validate.errors?.slice(0, 3), null, 1));
  check("a log without its events is refused", !validate({...log, events: undefined, objects: 3}));
}

function exported() {
  const csv = join(data, "periods.csv");
  const ocel = join(data, "log.json");
  const told = run("export", model, "--data", data, "--csv", csv, "--ocel", ocel);
  check("the export answers", told.status === 0, told.err);
  const lines = readFileSync(csv, "utf8").trim().split("\n");
  const columns = lines[0].split(",");
  check("each line of the table has every column", lines.length > 500 && lines.every((line) =>
    line.split(",").length === columns.length));
  check("times are to the millisecond", /T\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d/.test(lines[1]));
  const log = read(ocel);
  checkOcel(log);
  for (const path of [csv, ocel])
    check(`${path} names no staff`, !readFileSync(path, "utf8").includes("demonstration-"));
}

try {
  await live();
  statistics();
  law();
  exported();
  requests();
} finally {
  rmSync(data, {recursive: true, force: true});
}
if (failures === 0) console.log("the record of a demonstration is as its schemas say");
process.exit(failures === 0 ? 0 : 1);

// Events to entities are what CloudEvents 1.0 says that they are, by its own schema: an entity in another language takes
// them from `balcao entity-check --events` and holds each against it. Used by ctest: node events_test.mjs BALCAO.
import {spawn} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {createServer} from "node:http";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const Ajv = require("ajv").default;

const path = [process.env.BALCAO_DATA, join(root, "../shared/data")].filter(Boolean)
  .map((place) => join(place, "standards/cloudevents/cloudevents.json")).find((place) => existsSync(place));
if (!path) {
  console.log("skipped: no standards/cloudevents/cloudevents.json (set BALCAO_DATA)");
  process.exit(0);
}
const ajv = new Ajv({allErrors: true, strict: false, formats: {
  "uri-reference": (text) => { try { new URL(text, "https://a.example"); return true; } catch { return false; } },
  uri: (text) => URL.canParse ? URL.canParse(text) : Boolean(new URL(text)),
  "date-time": (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
}});
const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")));

let failures = 0;
function check(name, holds, why = "") {
  if (holds) return;
  failures += 1;
  console.error(`failed: ${name} ${why}`);
}

// The entity: knows an event by its id, as the contract has it.
const taken = new Map();
const seen = {deliver: 0, undo: 0};

function look_at(event, headers) {
  check("an event is valid", validate(event), JSON.stringify([event, validate.errors], null, 1));
  check("it is said to be one", headers["content-type"].startsWith("application/cloudevents+json"));
  const names = Object.keys(event).filter((name) => !["data", "data_base64"].includes(name));
  check("names of attributes are lower-case letters and digits", names.every((name) => /^[a-z0-9]{1,20}$/.test(name)), names.join());
  check("it says its case and step", /^\d{4}-\d{6}\/./.test(event.subject), event.subject);
  check("its data are an object", event.datacontenttype === "application/json" && typeof event.data === "object");
}

const server = createServer((request, response) => {
  let body = "";
  const answer = (status, value) => {
    response.writeHead(status, {"Content-Type": "application/json"});
    response.end(JSON.stringify(value));
  };
  request.on("data", (bytes) => (body += bytes));
  request.on("aborted", () => (body = ""));
  request.on("end", () => {
    const key = new URL(request.url, "http://a.example").searchParams.get("key");
    if (request.method === "GET" && key) return taken.has(key) ? answer(200, taken.get(key)) : answer(404, {key});
    if (request.method === "GET") return answer(404, {});
    let event = null;
    try { event = JSON.parse(body); } catch { return answer(400, {detail: "no JSON"}); }
    if (!event || !event.specversion) return answer(422, {detail: "no event"});
    look_at(event, request.headers);
    if (event.type === "city.balcao.request.undo") {
      seen.undo += 1;
      const is_here = [...taken.values()].some((one) => one.reference === event.data.reference);
      if (!is_here) return answer(404, {detail: "nothing has that reference", key: event.id});
    } else {
      seen.deliver += 1;
      check("it is a request", event.type === "city.balcao.request.deliver", event.type);
    }
    if (!taken.has(event.id)) taken.set(event.id, {key: event.id, reference: `r${taken.size + 1}`, state: "accepted"});
    answer(202, taken.get(event.id));
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}/events`;
  const program = spawn(process.argv[2], ["entity-check", address, "--events", "--takes-back"], {stdio: ["ignore", "pipe", "inherit"]});
  let told = "";
  program.stdout.on("data", (bytes) => (told += bytes));
  program.on("close", (status) => {
    check("the entity keeps its promises", status === 0, told);
    check("requests and undoings were seen", seen.deliver >= 4 && seen.undo >= 3, JSON.stringify(seen));
    // The schema refuses what is no event, so it can fail at all.
    check("an event without an id is none", !validate({specversion: "1.0", source: "/a", type: "t"}));
    server.close();
    process.exit(failures === 0 ? 0 : 1);
  });
});

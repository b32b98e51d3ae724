// The JSON of runs and comparisons is what docs/results.schema.json says it is, and the schema refuses what it is
// not. Used by ctest: node schema_test.mjs FOLDER, where the folder holds run.json, compare.json and compare-full.json.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const Ajv = require("ajv/dist/2020").default;

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const validate = new Ajv({allErrors: true, strictTypes: false}).compile(read(join(root, "docs/results.schema.json")));
const folder = process.argv[2];
let failures = 0;

function check(name, holds, why = "") {
  if (holds) return;
  failures += 1;
  console.error(`failed: ${name} ${why}`);
}

for (const name of ["run", "compare", "compare-full"]) {
  const document = read(join(folder, `${name}.json`));
  check(`${name}.json is valid`, validate(document), JSON.stringify(validate.errors, null, 1));
  check(`${name}.json has rows`, document.measures.length > 10);
  const broken = [
    ["an unknown key", (json) => (json.measures[0].colour = "blue")],
    ["a mean without its interval", (json) => delete json.measures[0].half_width],
    ["a share's limit", (json) => (json.measures[0].limit = 3)],
    ["an hour after midnight", (json) => (json.measures[0].hour = 24)],
    ["another version", (json) => (json.balcao = 2)],
    ["an unknown measure", (json) => (json.measures[0].measure = "happiness")],
    ["one quantile alone", (json) => Object.assign(json.measures[0], {p50: 1, p90: undefined, p99: undefined})],
  ];
  if (name !== "run") broken.push(["differences and no word of what was left out", (json) => delete json.rows_left_out]);
  for (const [what, spoil] of broken) {
    const copy = structuredClone(document);
    spoil(copy);
    check(`${name}.json with ${what} is refused`, !validate(JSON.parse(JSON.stringify(copy))));
  }
}
process.exit(failures === 0 ? 0 : 1);

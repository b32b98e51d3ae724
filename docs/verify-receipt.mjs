// Checks a receipt of Balcão without Balcão and without a network: node verify-receipt.mjs RECEIPT KEY. KEY is what the
// city's server says at /.well-known/balcao-log. What it does is explained in receipts.md.
import {createHash, createPublicKey, verify} from "node:crypto";
import {readFileSync} from "node:fs";

const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
const demand = (holds, why) => { if (!holds) { console.error(`This receipt does not hold: ${why}.`); process.exit(1); } };

const [file, city] = process.argv.slice(2);
const receipt = JSON.parse(readFileSync(file, "utf8"));
const [, name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(city ?? receipt.log) ?? [];
const marked = Buffer.from(key ?? "", "base64");
demand(marked[0] === 1 && hash(name, "\n", marked).toString("hex").startsWith(id), "the key is none");
const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), marked.subarray(1)]);
const signer = createPublicKey({key: spki, format: "der", type: "spki"});

let versions = 0;
for (const {entry, index, proof, checkpoint} of receipt.events) {
  const [body, signatures] = checkpoint.split("\n\n");
  const [origin, size, root] = body.split("\n");
  const isSigned = (line) => verify(null, Buffer.from(`${body}\n`), signer, Buffer.from(line.split(" ").at(-1), "base64").subarray(4));
  demand(origin === name && signatures.trim().split("\n").some(isSigned), "the city did not sign this head");
  let [place, last, sum] = [index, size - 1, hash("\0", entry)];
  for (const step of proof.map((text) => Buffer.from(text, "base64"))) {
    demand(last > 0, "the path is too long");
    const isRight = place % 2 === 1 || place === last;
    sum = isRight ? hash("\x01", step, sum) : hash("\x01", sum, step);
    while (isRight && place % 2 === 0 && place > 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  demand(last === 0 && sum.toString("base64") === root, "the entry is not in the record as it stands here");
  const event = JSON.parse(entry);
  versions += 1;
  demand(event.stream === JSON.parse(receipt.events[0].entry).stream, "it is of two things");
  demand(!event.stream.startsWith("case/") || event.version === versions, "something was left out");
  console.log(new Date(event.at).toISOString(), event.stream, event.type, event.body);
}
demand(versions > 0, "it is empty");
console.log(city ? "It holds." : "It is all of one piece; whether the key in it is the city's, ask the city.");

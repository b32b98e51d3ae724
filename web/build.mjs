// Bundles the scripts and styles of the pages, for the report and for the live pages one of each: node build.mjs
// [FOLDER], by default dist/. The licences of the packages whose code ends up in a script stand at its head, for whoever
// gets a page gets them too.
import {build} from "esbuild";
import {mkdir, readFile, readdir, writeFile} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));

// Colours of the public services of Portugal by their names there, as agora(primary-600): their values stand in the theme
// of the design system, from which nothing else is taken.
const agora = {
  name: "agora",
  async setup(builder) {
    const theme = await readFile(join(here, "node_modules/@ama-pt/agora-design-system/src/styles/theme.css"), "utf8");
    const colors = new Map([...theme.matchAll(/--color-([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
    builder.onLoad({filter: /tokens\.css$/}, async ({path}) => ({
      loader: "css",
      contents: (await readFile(path, "utf8")).replace(/agora\(([\w-]+)\)/g, (_, name) => {
        if (!colors.has(name)) throw new Error(`${path}: the design system has no color ${name}`);
        return colors.get(name);
      }),
    }));
  },
};

const made = await build({
  absWorkingDir: here,
  entryPoints: ["report.ts", "report.css", "pages.ts", "pages.css"].map((name) => join(here, "src", name)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome109", "firefox115", "safari16"],
  charset: "utf8",
  plugins: [agora],
  legalComments: "none",
  external: ["*.woff2"],  // beside the style, by its own address
  // The script stands inside a page: it must never hold the end of its element.
  supported: {"inline-script": false},
  metafile: true,
  write: false,
  logLevel: "warning",
});

// The packages that gave at least a byte, by their folders.
function packagesOf(output) {
  const files = Object.entries(output.inputs).filter(([, input]) => input.bytesInOutput > 0);
  const folders = files.map(([path]) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

async function licenceOf(folder) {
  const names = await readdir(join(here, folder));
  const name = names.find((one) => /^licen[cs]e/i.test(one));
  if (!name) throw new Error(`${folder} has no licence`);
  return (await readFile(join(here, folder, name), "utf8")).trim();
}

// Each licence once, under the packages that it is of.
async function noticesOf(output) {
  const packages = new Map();
  for (const folder of packagesOf(output)) {
    const licence = await licenceOf(folder);
    packages.set(licence, [...(packages.get(licence) ?? []), folder.replace(/^.*node_modules\//, "")]);
  }
  const notices = [...packages].map(([licence, names]) => `${names.join(", ")}:\n${licence}`);
  return notices.length === 0 ? "" : `/*\n${notices.join("\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

await mkdir(out, {recursive: true});
for (const file of made.outputFiles) {
  const name = basename(file.path);
  const output = Object.entries(made.metafile.outputs).find(([path]) => basename(path) === name)[1];
  const text = (await noticesOf(output)) + file.text;
  if (/<\/(script|style)/i.test(text)) throw new Error(`${name} would end its element`);
  await writeFile(join(out, name), text);
}

// The letters of western Europe in all weights, and the licence that goes with them.
const font = join(here, "node_modules/@fontsource-variable/noto-sans");
await writeFile(join(out, "noto-sans.woff2"), await readFile(join(font, "files/noto-sans-latin-wght-normal.woff2")));
await writeFile(join(out, "noto-sans.txt"), await readFile(join(font, "LICENSE")));

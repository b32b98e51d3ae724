// Bundles the report page's script and style into one file each: node build.mjs [FOLDER], by default dist/.
import {build} from "esbuild";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));

await build({
  absWorkingDir: here,
  entryPoints: [join(here, "src/report.ts"), join(here, "src/report.css")],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome109", "firefox115", "safari16"],
  charset: "utf8",
  legalComments: "none",
  // The script stands inside a page: it must never hold the end of its element.
  supported: {"inline-script": false},
  logLevel: "warning",
});

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
  // Whoever gets a report gets this code with it, and so its notice.
  banner: {
    js:
      "/* Contains Observable Plot (Copyright 2020-2023 Observable, Inc.), D3 (Copyright 2010-2023 Mike Bostock) and " +
      "isoformat (Copyright 2021 Observable, Inc.) under the ISC License: Permission to use, copy, modify, and/or " +
      "distribute this software for any purpose with or without fee is hereby granted, provided that the above " +
      "copyright notice and this permission notice appear in all copies. The software is provided as is, without " +
      "warranty of any kind. */",
  },
  // The script stands inside a page: it must never hold the end of its element.
  supported: {"inline-script": false},
  logLevel: "warning",
});

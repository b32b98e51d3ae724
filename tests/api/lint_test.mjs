// The description of the API is linted by @redocly/cli, without an error or a warning.
//     node lint_test.mjs BALCAO
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {start} from './server.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web');
const server = await start(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'balcao-lint-'));
let failed = true;
try {
    const document = await (await fetch(server.base + '/api/openapi.json')).text();
    const file = join(folder, 'openapi.json');
    writeFileSync(file, document);
    const lint = spawnSync(process.execPath,
        [join(web, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js'), 'lint', '--extends', 'recommended-strict',
            '--format', 'stylish', file],
        {cwd: folder, encoding: 'utf8', timeout: 200_000,
            env: {...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true'}});
    process.stdout.write(lint.stdout + lint.stderr);
    const isValid = /Your API description is valid/.test(lint.stdout + lint.stderr);
    failed = lint.status !== 0 || !isValid || /warning/i.test(lint.stdout + lint.stderr);
} finally {
    rmSync(folder, {recursive: true, force: true});
    await server.stop();
}
console.log(failed ? 'FAILED' : 'the description is as it should be');
process.exit(failed ? 1 : 0);

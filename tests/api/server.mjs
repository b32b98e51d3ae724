// Servers for the tests that meet Balcão from outside: the walks through its pages and the tests of the API, which
// have a small town of their own.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

// By which the registry of the town is known.
export const entityToken = 'a-token-of-the-registry';

const town = `balcao: 1
name: {pt: Vila, en: Town, es: Villa}
languages: [pt, en, es]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity:
    name: {pt: Cartão, en: Identity card, es: Documento}
    entity: registry
    duration: 6 min
    fee: 18 EUR
    request: {asks: [full-name, card-number]}
  quiet:
    name: {pt: Arquivo, en: Archive, es: Archivo}
    entity: archive
    duration: 6 min
    request: {asks: full-name, tells: papers}
entities:
  registry: {name: {pt: Registos, en: Registry office, es: Registro}}
  archive: {name: {pt: Arquivo, en: Archive, es: Archivo}}
details:
  full-name: {name: {pt: Nome completo, en: Full name, es: Nombre completo}, autofill: name}
  card-number: {name: {pt: Número do cartão, en: Number of the card, es: Número de la tarjeta}, kind: digits, length: 8}
facts:
  people: {ask: {pt: Quantas pessoas se mudam?, en: How many people move?, es: ¿Cuántas personas se mudan?}, kind: number}
  papers: {ask: {pt: Precisa de papéis antigos?, en: Do you need old papers?, es: ¿Necesita papeles antiguos?}}
life_events:
  moving:
    name: {pt: Mudar de casa, en: Moving house, es: Cambiar de casa}
    services: [identity: {when: {people: ">= 2"}}, quiet: {when: {papers: yes}, after: identity}]
sites:
  shop:
    name: {pt: Loja, en: Shop, es: Tienda}
    open: {every day: "08-20"}
    tickets: {calls: 1}
    queue: [booked_due, arrival]
    appointments:
      windows:
        every: {days: every day, hours: "08-20", slot: 15 min, places: 2, services: [quiet]}
        calls: {days: every day, hours: "08-20", slot: 15 min, places: 2, services: [quiet], channels: [phone]}
    desks:
      counter: {name: {pt: Balcão, en: Counter, es: Mostrador}, count: 2, serves: [identity]}
      archive: {name: {pt: Arquivo, en: Archive, es: Archivo}, count: {every day: {"19-20": 2}}, serves: [quiet], channels: [counter, phone]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
`;

// Starts a server and waits until it says where it listens and how to sign in: a demonstration its password, an
// office the secret of the first account. `known`: what is said only the first time. It ends with this program.
export async function launch(balcao, options, known = {}) {
    const child = spawn(balcao, ['serve', ...options]);
    const kill = () => child.kill('SIGKILL');
    process.on('exit', kill);
    const ended = new Promise(resolve => child.on('exit', resolve));
    let said = '';
    let complaints = '';
    child.stderr.on('data', bytes => { complaints += bytes; });
    const found = await new Promise((resolve, reject) => {
        child.stdout.on('data', bytes => {
            said += bytes;
            const address = /at http:\/\/(\S+?)\/ until/.exec(said)?.[1];
            const password = /password (\S+)\n/.exec(said)?.[1] ?? known.password;
            const [, entities] = /fails for a minute: (\S+)\n/.exec(said) ?? [];
            const [, found, secret] = /(https?:\/\/\S+\/found\/(\S+))\n/.exec(said) ?? [];
            if (address && (password || secret)) resolve({address, base: `http://${address}`, password, secret, found, entities});
        });
        child.on('exit', code => reject(new Error(`the server ended with ${code}: ${said} ${complaints}`)));
    });
    return {
        ...found,
        complaints: () => complaints,
        // The exit status.
        async stop() {
            child.kill('SIGTERM');
            const code = await ended;
            process.removeListener('exit', kill);
            return code;
        },
    };
}

// The small town; its journal lives as long as the server.
export async function start(balcao, options = [], {isDemonstration = true, listen = '127.0.0.1:0'} = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'balcao-api-'));
    writeFileSync(join(folder, 'town.yaml'), town);
    writeFileSync(join(folder, 'secrets'), `entity.registry.token = ${entityToken}\n`, {mode: 0o600});
    const killer = setTimeout(() => process.exit(1), 290_000);
    const server = await launch(balcao, [join(folder, 'town.yaml'), '--data', join(folder, 'data'), '--secrets', join(folder, 'secrets'), '--listen',
        listen, ...(isDemonstration ? ['--demonstration'] : []), ...options]);
    return {
        ...server,
        async stop() {
            clearTimeout(killer);
            await server.stop();
            rmSync(folder, {recursive: true, force: true});
        },
    };
}

// A mail server on loopback that takes nobody's letters (RFC 5321: 550).
export async function refusingMail() {
    const server = createServer(socket => {
        socket.on('error', () => {});
        socket.write('220 test\r\n');
        let text = '';
        socket.on('data', bytes => {
            text += bytes;
            for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
                const verb = text.slice(0, 4).toUpperCase();
                text = text.slice(end + 2);
                socket.write(verb === 'RCPT' ? '550 not here\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 test\r\n');
                if (verb === 'QUIT') socket.end();
            }
        });
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    return {address: `smtp://127.0.0.1:${server.address().port}`, stop: () => server.close()};
}

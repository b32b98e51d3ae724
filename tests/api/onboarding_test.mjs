// IN-01: three entities of different kinds join a running city by its model alone: one over HTTP, one by CloudEvents, one
// with nothing but an inbox. Each address is tried by the contract before, the model is published, and what is asked for
// reaches each of them, without a restart.
//     node onboarding_test.mjs BALCAO
import {spawn, spawnSync} from 'node:child_process';

import {Contract} from './contract.mjs';
import {inTime, same} from './rooms.mjs';
import {start} from './server.mjs';

const balcao = process.argv[2];
const server = await start(balcao);
const api = new Contract(server.base, await (await fetch(server.base + '/api/openapi.json')).json());

// Five programs of entities on this machine; where each of those that are asked for listens.
function entities(...kinds) {
    const child = spawn(balcao, ['stand-in', '--listen', '127.0.0.1:0', '--concludes-after', '0', '--kinds', kinds.join(',')]);
    process.on('exit', () => child.kill('SIGKILL'));
    return new Promise((resolve, reject) => {
        let said = '';
        child.stdout.on('data', bytes => {
            said += bytes;
            const found = kinds.map(kind => new RegExp(`^${kind} +(http://\\S+)$`, 'm').exec(said)?.[1]);
            if (found.every(Boolean)) resolve({found, stop: () => child.kill('SIGTERM')});
        });
        child.on('exit', code => reject(new Error(`the stand-in ended with ${code}: ${said}`)));
    });
}

const {found: [keys, club], stop} = await entities('keys', 'club');

// Whoever runs an entity tries it before it joins.
for (const [address, words] of [[keys, ['--takes-back']], [club, ['--takes-back', '--events']]]) {
    const tried = spawnSync(balcao, ['entity-check', address, ...words], {encoding: 'utf8'});
    same(tried.status, 0, `the contract at ${address}: ${tried.stdout}`);
}

api.token = (await api.ask('signIn', {body: {sign_in_name: 'demo', password: server.password}})).token;
const {version} = await api.ask('getModel');
const seen = api.etag;
const text = await api.ask('getVersionText', {path: {version}});
const edited = text
    .replace(/^entities:\n/m, `entities:
  waters: {name: {pt: Águas, en: Waters, es: Aguas}, way_in: {by: http, address: "${keys}", on_doubt: send_again, takes_back: true, fields: {full-name: customer.name}}}
  club: {name: {pt: Clube, en: Club, es: Club}, kind: private, way_in: {by: events, address: "${club}", on_doubt: send_again}}
  parish: {name: {pt: Junta, en: Parish, es: Junta}}
`)
    .replace(/^services:\n/m, `services:
  contract: {name: {pt: Contrato, en: Contract, es: Contrato}, entity: waters, duration: 6 min, request: {asks: full-name}}
  member: {name: {pt: Sócio, en: Member, es: Socio}, entity: club, duration: 6 min, request: {asks: full-name}}
  proof: {name: {pt: Atestado, en: Proof, es: Certificado}, entity: parish, duration: 6 min, request: {asks: full-name}}
`)
    .replace(/serves: (\[identity\]|identity)/, 'serves: [identity, contract, member, proof]');
same(edited === text, false, 'a text that is as it was');
const change = {change: {kind: 'text', text: edited}, note: 'three entities join'};
await api.ask('previewChange', {body: {change: change.change}, headers: {'If-Match': seen}});
const published = await api.ask('publishChange', {body: change, headers: {'If-Match': seen, 'Idempotency-Key': '"three-entities-join-now"'}});
same(published.version, version + 1, 'the version in force');

const asked = {};
for (const [service, entity] of [['contract', 'waters'], ['member', 'club'], ['proof', 'parish']])
    asked[service] = await inTime(() => api.ask('requestServices', {body: {service, answers: [], contact: {mail: 'ana@example.org'}, agreed: [entity],
        details: [{detail: 'full-name', text: 'Ana Só'}]}}));
const progress = async service => (await api.ask('getCase', {path: {link: asked[service].link}})).steps[0].progress;
await inTime(async () => same(await progress('contract'), 'concluded', 'what was asked for over HTTP'));
await inTime(async () => same(['taken-up', 'concluded'].includes(await progress('member')), true, 'what was asked for by an event'));
await inTime(async () => same(await progress('proof'), 'with-person', 'what somebody does by hand'));
const ledger = await (await fetch(new URL('/ledger', keys))).json();
same(ledger.effects.filter(one => [asked.contract.case, asked.member.case].includes(one.case)).map(one => one.times).join(), '1,1', 'done once each');

stop();
await server.stop();
console.log('three entities joined by the model alone');
process.exit(0);

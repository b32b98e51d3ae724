// IN-09: the catalogue that is published, by the command and by a server that is asked for it, held against the shapes of
// CPSV-AP 3.2.0 (SHACL) by an independent reader of JSON-LD and an independent validator; and that a spoilt one is refused.
//     node shacl_test.mjs BALCAO
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

import {start} from '../api/server.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(root, 'web/package.json'));
const load = async name => import(pathToFileURL(require.resolve(name)));
const {default: jsonld} = await load('jsonld');
const {Parser} = await load('n3');
const {default: environment} = await load('@zazuko/env');
const {default: Validator} = await load('rdf-validate-shacl');

const [balcao] = process.argv.slice(2);
let failures = 0;
function check(name, holds, why = '') {
    if (holds) return;
    failures += 1;
    console.error(`failed: ${name} ${why}`);
}

function exported(...args) {
    const told = spawnSync(balcao, ['export', 'cpsv-ap', ...args], {encoding: 'utf8', maxBuffer: 1 << 26});
    check(`balcao export cpsv-ap ${args.join(' ')} answers`, told.status === 0, told.stderr);
    return told.stdout;
}

// Nothing is fetched: the document brings its context.
const offline = {documentLoader: address => Promise.reject(new Error(`asks for ${address}`))};
const turtle = text => environment.dataset(new Parser({factory: environment}).parse(text));
const graph = async document => turtle(await jsonld.toRDF(document, {...offline, format: 'application/n-quads'}));

const document = JSON.parse(exported(join(root, 'models/lisbon')));
const quads = await graph(document);
const count = type => [...quads.match(null, environment.ns.rdf.type, environment.namedNode(type))].length;
const services = count('http://purl.org/vocab/cpsv#PublicService');
check('all services of Lisbon are there', services === 198, services);
check('all life events of Lisbon are there', count('http://data.europa.eu/m8g/LifeEvent') === 33);
check('a base of one\'s own begins every name', JSON.parse(exported(join(root, 'models/lisbon'), '--base', 'https://city.example/c/'))['@graph']
    .filter(thing => !thing['@id'].startsWith('http://publications.europa.eu/') && !thing['@id'].startsWith('urn:balcao:terms:'))
    .every(thing => thing['@id'].startsWith('https://city.example/c/')));
const wrong = spawnSync(balcao, ['export', 'cpsv-ap', join(root, 'models/lisbon'), '--base', 'city'], {encoding: 'utf8'});
check('a base that is none is refused', wrong.status === 2 && wrong.stderr.includes('--base'), wrong.stderr);

// What a portal gets that gathers it from a running office.
const server = await start(balcao);
const harvested = await fetch(`${server.base}/api/v1/catalogue`, {headers: {Accept: 'application/ld+json'}});
check('a portal gets JSON-LD', harvested.ok && harvested.headers.get('content-type').startsWith('application/ld+json'),
    `${harvested.status} ${harvested.headers.get('content-type')}`);
const gathered = await graph(await harvested.json());
await server.stop();

const shapes = [process.env.BALCAO_DATA, join(root, '../shared/data')].filter(Boolean)
    .map(place => join(place, 'standards/cpsv-ap-3.2.0/cpsv-ap-SHACL.ttl')).find(path => existsSync(path));
if (shapes === undefined) {
    console.log('the shapes of CPSV-AP are not there: the catalogue was not held against them');
} else {
    const validator = new Validator(turtle(readFileSync(shapes, 'utf8')), {factory: environment});
    const report = await validator.validate(quads);
    check('the catalogue conforms to CPSV-AP 3.2.0', report.conforms,
        report.results.slice(0, 5).map(one => `${one.focusNode?.value} ${one.path?.value} ${one.message.map(m => m.value)}`).join('\n'));
    const served = await validator.validate(gathered);
    check('what a portal gathers conforms, too', served.conforms && gathered.size > 20,
        served.results.slice(0, 5).map(one => `${one.focusNode?.value} ${one.path?.value}`).join('\n'));
    const spoilt = structuredClone(document);
    delete spoilt['@graph'].find(thing => thing['@type'].includes('cpsv:PublicService'))['dct:title'];
    check('a service without a title is refused', !(await validator.validate(await graph(spoilt))).conforms);
    if (report.conforms) console.log(`${quads.size} statements of ${services} services conform to CPSV-AP 3.2.0`);
}
process.exit(failures === 0 ? 0 : 1);

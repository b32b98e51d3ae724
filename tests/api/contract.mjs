// What a stranger has of the API: its description. Sends what it describes, and holds every answer against it.
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web');
const Ajv = createRequire(join(web, 'package.json'))('ajv/dist/2020').default;

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

// Answers may grow, says the description; here whatever it does not say is a fault of its own.
function closed(schema) {
    if (Array.isArray(schema)) return schema.map(closed);
    if (schema === null || typeof schema !== 'object') return schema;
    const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
    if (copy.type === 'object' && copy.properties && copy.additionalProperties === undefined)
        copy.additionalProperties = false;
    return copy;
}

export class Contract {
    constructor(base, document) {
        this.base = base;
        this.document = document;
        this.operations = new Map();
        this.good = new Set();  // operations that answered as they should
        this.bad = new Map();   // and the statuses with which they refused
        this.token = '';
        this.etag = '';         // of the last answer that had one
        this.ajv = new Ajv({strict: false, allErrors: true});
        this.ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
        this.ajv.addFormat('date-time', instant);
        this.ajv.addSchema({$id: 'api', components: closed(document.components)});
        for (const [path, methods] of Object.entries(document.paths))
            for (const [method, operation] of Object.entries(methods))
                this.operations.set(operation.operationId, {path, method, ...operation});
    }

    check(schema, value, what) {
        const where = JSON.parse(JSON.stringify(closed(schema)).replaceAll('#/components/', 'api#/components/'));
        const validate = this.ajv.compile(where);
        if (!validate(value))
            throw new Error(`${what}: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
    }

    // What keeps every answer apart from strangers, and no cookie.
    checkHeaders(answer, what) {
        const header = name => answer.headers.get(name) ?? '';
        if (header('x-content-type-options') !== 'nosniff') throw new Error(`${what}: nosniff is missing`);
        if (header('content-security-policy').includes('unsafe')) throw new Error(`${what}: its policy lets scripts in`);
        if (!header('content-security-policy').startsWith("default-src 'none'")) throw new Error(`${what}: has no policy`);
        if (header('cache-control') !== 'no-store') throw new Error(`${what}: may be kept: ${header('cache-control')}`);
        if (header('set-cookie') !== '') throw new Error(`${what}: sets a cookie`);
        if (answer.status === 429 && !(Number(header('retry-after')) > 0)) throw new Error(`${what}: does not say when again`);
        if (answer.status === 401 && !/^(Bearer|Balcao-Signature)/.test(header('www-authenticate'))) throw new Error(`${what}: does not say how`);
    }

    address(operation, path, query) {
        let address = operation.path;
        for (const [name, value] of Object.entries(path)) address = address.replace(`{${name}}`, encodeURIComponent(value));
        if (address.includes('{')) throw new Error(`${operation.operationId}: a part of ${address} is missing`);
        const search = new URLSearchParams(query).toString();
        return this.base + this.document.servers[0].url + address + (search ? '?' + search : '');
    }

    // Asks, and checks status, type and body of what comes back against the description.
    async ask(id, {path = {}, query = {}, body, headers = {}, token = this.token, status} = {}) {
        const operation = this.operations.get(id);
        if (!operation) throw new Error(`${id} is not described`);
        const sent = {'Accept-Language': 'en', ...headers};
        if (operation.security.length > 0 && token) sent.Authorization = 'Bearer ' + token;
        if (body !== undefined) sent['Content-Type'] = 'application/json';
        const answer = await fetch(this.address(operation, path, query), {
            method: operation.method.toUpperCase(), headers: sent, body: body === undefined ? undefined : JSON.stringify(body),
            signal: AbortSignal.timeout(20_000),
        });
        const what = `${id} ${answer.status}`;
        this.checkHeaders(answer, what);
        const described = operation.responses[answer.status];
        if (!described) throw new Error(`${what} is not described: ${await answer.text()}`);
        if (answer.status < 400 && body !== undefined)
            this.check(operation.requestBody.content['application/json'].schema, body, what + ' (what was sent)');
        const type = answer.headers.get('content-type')?.split(';')[0];
        if (described.content && !described.content[type]) throw new Error(`${what}: ${type} is not described`);
        let value;
        if (type === 'text/event-stream') {
            value = await this.firstEvent(answer, described.description);
        } else if (described.content && type.startsWith('text/')) {
            value = await answer.text();
            this.check(described.content[type].schema, value, what);
        } else if (described.content) {
            value = await answer.json();
            this.check(described.content[type].schema, value, what);
        } else if (await answer.text() !== '') {
            throw new Error(`${what}: has a body, though none is described`);
        }
        for (const name of Object.keys(described.headers ?? {}))
            if (!answer.headers.get(name)) throw new Error(`${what}: the header ${name} is described and missing`);
        this.etag = answer.headers.get('etag') ?? this.etag;
        if (answer.status < 400) this.good.add(id);
        else this.bad.set(id, [...(this.bad.get(id) ?? []), answer.status]);
        if (status !== undefined && answer.status !== status)
            throw new Error(`${what}, where ${status} was expected: ${JSON.stringify(value)}`);
        if (status === undefined && answer.status >= 400)
            throw new Error(`${what}: ${JSON.stringify(value)}`);
        return value;
    }

    // The first of a stream; which shape it has stands in the description of the answer's schema.
    async firstEvent(answer) {
        let text = '';
        const reader = answer.body.getReader();
        const decoder = new TextDecoder();
        while (!/^data: .*\n\n/m.test(text)) {
            const {done, value} = await reader.read();
            if (done) throw new Error('the stream ended before its first event');
            text += decoder.decode(value, {stream: true});
        }
        await reader.cancel();
        return JSON.parse(/^data: (.*)$/m.exec(text)[1]);
    }

    // What was never called, and what never refused.
    missing() {
        const ids = [...this.operations.keys()];
        return {good: ids.filter(id => !this.good.has(id)), bad: ids.filter(id => !this.bad.has(id))};
    }
}

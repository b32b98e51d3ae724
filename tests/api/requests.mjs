// Asking for a whole plan, the case that comes of it, and the inbox of who works on it, as programs do it. Each
// operation is called well, and refused.
import {createHmac} from 'node:crypto';

import {inTime, same} from './rooms.mjs';
import {entityToken} from './server.mjs';

const answers = [{fact: 'people', number: 3}, {fact: 'papers', chosen: ['yes']}];
const life_event = 'moving';
const details = [{detail: 'full-name', text: 'Ana Só'}, {detail: 'card-number', text: '1234 5678'}];

// A case that was handed in; two entities get something.
async function handedIn(api) {
    const body = {life_event, answers, details, contact: {mail: 'ana@example.org'}, agreed: ['registry', 'archive']};
    const plan = await api.ask('planRequest', {body: {life_event, answers}});
    same(plan.asks.map(one => one.detail).join(), 'full-name,card-number', 'what is asked');
    same(plan.receivers[0].details.length, 2, 'what the registry gets');
    await api.ask('planRequest', {body: {life_event, answers: []}, status: 409});
    await api.ask('planRequest', {body: {life_event: 'fishing', answers}, status: 404});
    const problem = await api.ask('requestServices', {body: {...body, details: [], agreed: []}, status: 422});
    same(problem.errors.length, 4, 'what is missing');
    const headers = {'Idempotency-Key': '"6b4f1c1e-2f3e-4cda-8d2a-0a6d1c8b8f11"'};
    const made = await api.ask('requestServices', {body, headers});
    same((await api.ask('requestServices', {body, headers})).case, made.case, 'the same key');
    return made;
}

export async function requests(api, document) {
    const made = await handedIn(api);
    const path = {link: made.link};
    same((await api.ask('findCase', {body: {case: made.case, code: made.code}})).link, made.link, 'by number and code');
    await api.ask('findCase', {body: {case: made.case, code: 'AAAA-AAAA'}, status: 404});
    same((await api.ask('getCase', {path})).steps[1].progress, 'waits-for-others', 'a step that waits');
    api.check(document.components.schemas.Case, await api.ask('followCase', {path}), 'the first event of a case');
    same((await api.ask('getHandedOver', {path})).data.length, 3, 'what was handed over');
    await api.ask('answerEntity', {path, body: {step: 'identity', text: 'Yes'}, status: 409});
    await inTime(async () => same((await api.ask('getCaseReceipt', {path})).receipt, 1, 'the receipt of a case'));
    await api.ask('getCaseReceipt', {path: {link: 'none'}, status: 404});
    return made;
}

// The entity says the same itself, signed with what the city knows it by, at that time of the demonstration's clock.
async function reports(api, made, at) {
    const body = {id: 'r-1', case: made.case, step: 'identity', reference: 'A-1', state: 'citizen_needed', text: 'Which one?',
        until: '2099-01-02T00:00:00Z'};
    const report = (what, status, {entity = 'registry', token = entityToken, time = at} = {}) => {
        const seconds = Math.floor(time.getTime() / 1000);
        const mac = createHmac('sha256', token).update(`${seconds}.${JSON.stringify(what)}`).digest('hex');
        return api.ask('reportAsEntity',
            {path: {entity}, body: what, headers: {'Balcao-Signature': `t=${seconds},v1=${mac}`}, status});
    };
    await api.ask('reportAsEntity', {path: {entity: 'registry'}, body, status: 401});
    await report(body, 401, {token: 'another'});
    await report(body, 401, {time: new Date(at.getTime() - 6 * 60_000)});
    await report(body, 401, {entity: 'fishing'});
    await report({...body, step: 'quiet'}, 404);
    await report({...body, case: '2020-000001'}, 404);
    await report({...body, state: 'lost'}, 422);
    same((await report(body, 200)).state, 'waits-for-citizen', 'what the entity asks for');
    same((await report(body, 200)).state, 'waits-for-citizen', 'the same report again');
    await report({...body, id: 'r-2', reference: 'B-2', state: 'concluded'}, 409);
}

export async function inbox(api, made) {
    const path = {case: made.case, step: 'identity'};
    await inTime(async () => same((await api.ask('listTasks', {query: {entity: 'registry'}})).tasks.length, 1, 'tasks'));
    const order = (id, body, more) => api.ask(id, {path, body, ...more});
    same((await api.ask('listComparisons')).comparisons.length, 0, 'entities without a list');
    await order('finishTask', {word: 'done', text: 'A-1'}, {status: 409});
    await order('claimTask');
    await order('releaseTask');
    await order('releaseTask', undefined, {status: 409});
    await order('claimTask');
    same((await api.ask('getTask', {path})).task.in_hand.length > 0, true, 'in hand');
    await api.ask('getTask', {path: {...path, step: 'fishing'}, status: 404});
    const seen = await order('lookAtHandedOver', {why: 'to-do-it'});
    same(seen.data[1].text, '12345678', 'what the entity gets');
    await order('finishTask', {word: 'taken-up', text: 'A-1'});
    await order('claimTask', undefined, {status: 409});
    const at = new Date((await api.ask('getCase', {path: {link: made.link}})).steps[0].since);
    await order('reportStep', {word: 'citizen-needed', reference: 'A-1', text: 'Which?', until: '2099-01-01T00:00:00Z'});
    await reports(api, made, at);
    await order('reportStep', {word: 'concluded', reference: 'B-2'}, {status: 409});
    await order('promiseIncident', {incident: 1, until: '2099-01-01T00:00:00Z'});
    await order('promiseIncident', {incident: 9, until: '2099-01-01T00:00:00Z'}, {status: 404});
    await order('settleIncident', {incident: 1, how: 'noted'});
    await order('settleIncident', {incident: 1, how: 'noted'}, {status: 409});
    same((await api.ask('getCase', {path: {link: made.link}})).state, 'waits-for-citizen', 'something is asked');
    await api.ask('answerEntity', {path: {link: made.link}, body: {step: 'identity', text: 'The second'}});
    same((await api.ask('withdrawCase', {path: {link: made.link}})).state.length > 0, true, 'withdrawn');
    await api.ask('withdrawCase', {path: {link: made.link}, status: 409});
}

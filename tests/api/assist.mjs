// The double screen as programs do it: a mediator begins a session, a screen joins by its code, steps are shown and
// confirmed, and what was confirmed becomes a case. Each operation is called well, and refused.
import {randomBytes} from 'node:crypto';

import {same} from './rooms.mjs';

const site = 'shop';
const answers = [{fact: 'people', number: 3}, {fact: 'papers', chosen: ['yes']}];
const said = {'detail.full-name': 'Ana Só', 'detail.card-number': '1234 5678', 'contact.mail': 'ana@example.org'};

const newSecret = () => randomBytes(32).toString('base64url');

// A session whose screen has joined: both sides of it.
async function joined(api, more = {}) {
    const given = await api.ask('beginAssistance', {path: {site}, body: {life_event: 'moving', ...more}});
    const token = newSecret();
    await api.ask('joinScreen', {token, body: {code: '000000001', kind: 'own'}, status: 404});
    const seen = await api.ask('joinScreen', {token, body: {code: given.code, kind: 'own'}});
    same(seen.session, given.session, 'the session that a screen joined');
    await api.ask('joinScreen', {token, body: {code: given.code, kind: 'own'}, status: 409});
    return {desk: {site, session: given.session}, screen: {path: {session: given.session}, token}};
}

const fieldsOf = step => step.asks.filter(one => said[one.field] !== undefined).map(one => ({field: one.field, text: said[one.field]}));

async function confirm(api, screen) {
    const seen = await api.ask('getScreen', screen);
    const step = seen.steps.find(one => one.step === seen.on_screen);
    const given = step.sheet.consents.map(({receiver, item}) => ({receiver, item}));
    return api.ask('confirmStep', {...screen, body: {hash: step.hash, given}});
}

// Shows and confirms whatever is to be done; `show` is that of who drives.
async function goThrough(api, screen, show) {
    await show({step: 'situation', answers});
    for (;;) {
        const seen = await confirm(api, screen);
        const next = seen.steps.find(one => one.progress === 'to-do');
        if (!next) return;
        await show({step: next.step, fields: fieldsOf(next)});
    }
}

async function refusals(api, {desk, screen}) {
    await api.ask('beginAssistance', {path: {site}, body: {life_event: 'fishing'}, status: 404});
    await api.ask('listAssistance', {path: {site: 'nowhere'}, status: 404});
    await api.ask('getAssistance', {path: {...desk, session: 'none'}, status: 404});
    await api.ask('getScreen', {...screen, token: newSecret(), status: 403});
    await api.ask('showToCitizen', {path: desk, body: {step: 'situation', answers: []}, status: 409});
    await api.ask('showToCitizen', {path: desk, body: {step: 'fishing'}, status: 404});
    await api.ask('showOnScreen', {...screen, body: {step: 'situation', answers}, status: 409});
    await api.ask('typeOnScreen', {...screen, body: {step: 'situation', field: 'people', text: '3', stroke: 1}, status: 409});
    await api.ask('confirmStep', {...screen, body: {hash: '00'}, status: 409});
    await api.ask('handOverAssistance', {path: desk, status: 409});
    await api.ask('handOverScreen', {...screen, status: 409});
    await api.ask('liftDispute', {...screen, status: 409});
    await api.ask('takeOverAssistance', {path: {site}, body: {code: '000000001'}, status: 404});
    await api.ask('beatScreen', {...screen, token: newSecret(), status: 403});
    await api.ask('makeScreenCode', {path: {...desk, session: 'none'}, status: 404});
    await api.ask('setAssistanceLesson', {path: desk, body: {mode: 'show-me', driver: 'citizen'}, status: 422});
    await api.ask('setScreenLesson', {...screen, body: {mode: 'let-me-try', driver: 'mediator'}, status: 422});
    await api.ask('disputeStep', {...screen, token: newSecret(), body: {why: 'other'}, status: 403});
    await api.ask('keepAssistance', {...screen, token: newSecret(), status: 403});
    await api.ask('abandonScreen', {...screen, token: newSecret(), status: 403});
    await api.ask('abandonAssistance', {path: {...desk, session: 'none'}, status: 404});
    await api.ask('typeForCitizen', {path: {...desk, session: 'none'}, body: {step: 'situation', field: 'people', text: '3', stroke: 1}, status: 404});
}

// At the desk, stopped and gone on with, kept and gone on with, to a case.
async function atDesk(api) {
    const both = await joined(api, {mode: 'show-me', driver: 'mediator'});
    const {desk, screen} = both;
    await refusals(api, both);
    await api.ask('beatScreen', screen);
    await api.ask('typeForCitizen', {path: desk, body: {step: 'situation', field: 'people', text: '3', stroke: 1}});
    same((await api.ask('getScreen', screen)).typed[0], 'situation', 'what is being typed');
    same((await api.ask('disputeStep', {...screen, body: {why: 'not-understood', words: 'Which people?'}})).state, 'disputed', 'stopped');
    await api.ask('showToCitizen', {path: desk, body: {step: 'situation', answers}, status: 409});
    same((await api.ask('liftDispute', screen)).state, 'under-way', 'gone on with');
    await goThrough(api, screen, body => api.ask('showToCitizen', {path: desk, body}));
    const seen = await api.ask('getAssistance', {path: desk});
    same(seen.steps.every(one => one.progress === 'confirmed'), true, 'all steps confirmed');
    const code = await api.ask('keepAssistance', screen);
    await api.ask('takeOverAssistance', {path: {site}, body: {code: code.code}});
    const {sessions} = await api.ask('listAssistance', {path: {site}});
    same(sessions.filter(one => one.session === desk.session)[0].state, 'under-way', 'in the list');
    await api.ask('beatScreen', screen);
    const over = await api.ask('handOverAssistance', {path: desk});
    same(over.state, 'handed-over', 'handed over');
    same(/^\d{4}-\d{6}$/.test(over.case), true, 'the case that it became');
    await api.ask('abandonAssistance', {path: desk, status: 409});
}

// The citizen drives, in practice: nothing is sent.
async function inPractice(api) {
    const {desk, screen} = await joined(api, {is_practice: true});
    await api.ask('setAssistanceLesson', {path: desk, body: {mode: 'let-me-try', driver: 'citizen'}});
    await api.ask('typeOnScreen', {...screen, body: {step: 'situation', field: 'people', text: '3', stroke: 1}});
    await goThrough(api, screen, body => api.ask('showOnScreen', {...screen, body}));
    same((await api.ask('setScreenLesson', {...screen, body: {mode: 'i-do-you-watch', driver: 'citizen'}})).mode, 'i-do-you-watch', 'how it teaches');
    const over = await api.ask('handOverScreen', screen);
    same(over.state, 'practised', 'practised');
    same(over.case, undefined, 'a case of practice');
}

export async function assistance(api) {
    await atDesk(api);
    await inPractice(api);
    const given = await joined(api);
    same((await api.ask('makeScreenCode', {path: given.desk})).code.length, 11, 'another code');
    await api.ask('abandonScreen', given.screen);
    const other = await joined(api);
    await api.ask('abandonAssistance', {path: other.desk});
}

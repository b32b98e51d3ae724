// Every operation of the API is called on a real server, as its description says, and each answer is held
// against the description: what succeeds, and what is refused.
//     node contract_test.mjs BALCAO
import {oneTimeCode} from './authenticator.mjs';
import {Contract} from './contract.mjs';
import {endOfMachines, inTime, lifeEvents, looks, machines, model, notices, record, same, staffBookings, undelivered} from './rooms.mjs';
import {assistance} from './assist.mjs';
import {fees} from './fees.mjs';
import {outcomes} from './outcomes.mjs';
import {inbox, requests} from './requests.mjs';
import {refusingMail, start} from './server.mjs';

const limits = ['--limit', 'wrong-links=10000,10000', '--limit', 'sign-in=1000,1000', '--limit', 'lost-links=5,1', '--limit', 'holds=1000,1000'];
const server = await start(process.argv[2], limits);
const document = await (await fetch(server.base + '/api/openapi.json')).json();
const api = new Contract(server.base, document);
const site = 'shop';
const at = {site, desk: 'archive-1'};
const other = {site, desk: 'archive-2'};

const take = () => api.ask('takeTicket', {path: {site}, body: {services: ['quiet']}});
const desk = (id, body) => api.ask(id, {path: at, body});

async function city() {
    same((await api.ask('getCity')).name, 'Town', 'the city');
    await api.ask('listSites');
    await api.ask('getSite', {path: {site}});
    same((await api.ask('listServices', {query: {q: 'archive'}})).services.length, 1, 'services with that word');
    same((await api.ask('getHours', {path: {site}, query: {days: '3'}})).days.length, 3, 'days');
    await api.ask('getHall', {path: {site}});
    const hall = await api.ask('followHall', {path: {site}});
    api.check(document.components.schemas.Hall, hall, 'the first event of a hall');
}

// The page where a stranger begins, and what is not there at all.
async function around() {
    for (const [language, word] of [['pt', 'Tudo o que se pode pedir'], ['en', 'Everything that can be asked'], ['es', 'Todo lo que se puede pedir']]) {
        const page = await (await fetch(server.base + '/api', {headers: {'Accept-Language': language}})).text();
        same(page.includes(word) && page.includes('/api/openapi.json'), true, `the page at /api in ${language}`);
        same(/<script|<style| style=/.test(page), false, 'anything inline on the page at /api');
    }
    for (const [method, path, status] of [['GET', '/api/v1/nothing', 404], ['PATCH', '/api/v1/sites', 405], ['POST', '/api/v1/sites/shop/tickets', 415]]) {
        const answer = await fetch(server.base + path, {method, headers: {'Accept-Language': 'es'}, body: method === 'POST' ? 'a' : undefined});
        same(answer.status, status, `${method} ${path}`);
        same(answer.headers.get('content-type'), 'application/problem+json', `the type of ${method} ${path}`);
        api.check(document.components.schemas.Problem, await answer.json(), `${method} ${path}`);
    }
}

async function tickets() {
    const headers = {'Idempotency-Key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"'};
    const body = {services: ['quiet'], has_priority: true};
    const first = await api.ask('takeTicket', {path: {site}, body, headers});
    const again = await api.ask('takeTicket', {path: {site}, body, headers});
    same(again.link, first.link, 'the same key');
    const path = {link: first.link};
    await api.ask('getTicket', {path});
    api.check(document.components.schemas.Ticket, await api.ask('followTicket', {path}), 'the first event of a ticket');
    await inTime(() => api.ask('getReceipt', {path}));
    await inTime(() => api.ask('getLogHead'));
    await api.ask('comeBack', {path, status: 409});
    same((await api.ask('leaveTicket', {path})).state, 'left', 'a ticket that was given up');
    await api.ask('leaveTicket', {path, status: 409});
    await api.ask('takeTicket', {path: {site}, body: {services: ['fishing']}, status: 422});
    await api.ask('takeTicket', {path: {site}, body: {services: []}, status: 422});
}

async function signIn() {
    await api.ask('signIn', {body: {sign_in_name: 'demo', password: 'wrong wrong wrong'}, status: 403});
    api.token = (await api.ask('signIn', {body: {sign_in_name: 'demo', password: server.password}})).token;
    await api.ask('getSession');
    await api.ask('getOwnAccount');
    const elsewhere = await api.ask('signIn', {body: {sign_in_name: 'demo', password: server.password}});
    const {sessions} = await api.ask('listOwnSessions');
    same(sessions.map((one) => one.is_current).join(), 'true,false', 'the sessions of one person');
    await api.ask('endOwnSession', {path: {session: sessions[1].session}});
    await api.ask('endOwnSession', {path: {session: sessions[1].session}});
    await api.ask('getSession', {token: elsewhere.token, status: 401});
}

async function deskDay() {
    await api.ask('listDesks', {path: {site}});
    await api.ask('callNext', {path: at, status: 409});
    await desk('openDesk');
    const one = await take();
    await api.ask('getDesk', {path: at});
    await desk('callNext');
    await desk('recall');
    await desk('undoCall');
    await desk('callNumber', {number: one.number});
    await api.ask('callNumber', {path: at, body: {number: one.number}, status: 409});
    await desk('startService');
    await desk('addService', {service: 'identity'});
    await desk('parkVisit');
    await desk('resumeVisit', {number: one.number});
    await api.ask('getDesk', {path: at});
    await desk('transferVisit', {to_desk: 'archive-2'});
    await desk('undoTransfer', {number: one.number, reason: 'wrong desk'});
    await desk('finishService', {leaves_desk: true});
    const two = await take();
    await desk('callNext');
    await desk('startService');
    await desk('finishService', {must_collect: true});
    await api.ask('collect', {path: {site, number: two.number}});
    await api.ask('collect', {path: {site, number: two.number}, status: 409});
}

async function missed() {
    const one = await take();
    const miss = async () => {
        await desk('callNumber', {number: one.number});
        await desk('noShow');
    };
    await miss();
    same((await api.ask('getTicket', {path: {link: one.link}})).state, 'missed', 'who did not come');
    await api.ask('comeBack', {path: {link: one.link}});
    await miss();
    await api.ask('bringBack', {path: {site, number: one.number}});
    same((await api.ask('printTicketAgain', {path: {site, number: one.number}})).link, one.link, 'printed again');
    await desk('callNumber', {number: one.number});
    await desk('startService');
    await desk('finishService');
}

async function helpAndPauses() {
    await desk('callForHelp');
    await api.ask('acceptHelp', {path: at, status: 409});
    const colleague = await invite('lia', 'attendant');
    await api.ask('acceptHelp', {path: at, token: colleague.token});
    await api.ask('endHelp', {path: at, token: colleague.token});
    await desk('pauseDesk');
    await desk('resumeDesk');
    await desk('closeDesk');
    await api.ask('openDesk', {path: other, token: colleague.token});
    await api.ask('getFloor', {path: {site}});
    api.check(document.components.schemas.Floor, await api.ask('followFloor', {path: {site}}), 'the first event of a floor');
    api.check(document.components.schemas.Desk, await api.ask('followDesk', {path: other}), 'the first event of a desk');
    await api.ask('signOut', {token: colleague.token});
}

async function invite(name, role) {
    const invitation = await api.ask('addPerson', {body: {name, sign_in_name: name, roles: [{role, site}]}});
    const password = 'tres barcos azuis ontem';
    await api.ask('acceptInvitation', {path: {token: invitation.token}, body: {password}});
    await api.ask('acceptInvitation', {path: {token: invitation.token}, body: {password}, status: 422});
    const {token} = await api.ask('signIn', {body: {sign_in_name: name, password}});
    return {token, account: invitation.account};
}

async function people() {
    const rui = await invite('rui', 'attendant');
    const path = {account: rui.account};
    await api.ask('endDay', {path: {site}, token: rui.token, status: 403});
    await api.ask('listPeople');
    await api.ask('giveRole', {path, body: {role: 'manager', site}});
    same((await api.ask('getPerson', {path})).roles.length, 2, 'roles');
    await api.ask('takeRole', {path, body: {role: 'manager', site}});
    await api.ask('giveRole', {path, body: {role: 'manager', site: 'moon'}, status: 422});
    await api.ask('invite', {path});
    await api.ask('endSessions', {path});
    await api.ask('getSession', {token: rui.token, status: 401});
    await api.ask('disable', {path});
    await api.ask('enable', {path});
}

// The link in the letter that asks to confirm: a demonstration shows its letters on a page, once they are carried.
async function confirmation(link) {
    const booking = link.split('.').slice(0, 3).join('.');
    return inTime(async () => {
        const page = await (await fetch(server.base + '/en/letters')).text();
        const found = [...page.matchAll(/\/en\/confirm\/([\w.~-]+)/g)].find(one => one[1].startsWith(booking + '.'));
        if (!found) throw new Error(`no letter asks to confirm ${booking}`);
        return found[1];
    });
}

// The address of all one's appointments, in the letter that says that one stands.
async function calendar() {
    return inTime(async () => {
        const page = await (await fetch(server.base + '/en/letters')).text();
        const found = /\/calendars\/([\w.~-]+)\/appointments\.ics/.exec(page);
        if (!found) throw new Error('no letter has the address of a calendar');
        return found[1];
    });
}

async function appointments(kiosk) {
    const {slots} = await api.ask('listSlots', {path: {site}, query: {service: 'quiet'}});
    await api.ask('listSlots', {path: {site}, query: {service: 'quiet', from: '2026-01-01', to: '2026-12-31'}, status: 422});
    // By telephone: its own places, and told so.
    const calls = await api.ask('listSlots', {path: {site}, query: {service: 'quiet', channel: 'phone'}});
    const call = await api.ask('holdSlot', {path: {site}, body: {services: ['quiet'], start: calls.slots[20].start, channel: 'phone'}});
    same(call.channel, 'phone', 'how one meets');
    await api.ask('cancelAppointment', {path: {link: call.link}});
    const book = async start => {
        const held = await api.ask('holdSlot', {path: {site}, body: {services: ['quiet'], start}});
        await api.ask('giveContact', {path: {link: held.link}, body: {name: 'Ana', mail: 'ana@example.org'}});
        return (await api.ask('confirmAppointment', {path: {link: await confirmation(held.link)}})).link;
    };
    await api.ask('holdSlot', {path: {site}, body: {services: ['quiet'], start: '2020-01-01T00:00:00Z'}, status: 422});
    const wanted = {path: {site}, body: {services: ['quiet'], start: slots[9].start}};
    for (let place = 0; place < slots[9].left; ++place) await api.ask('holdSlot', wanted);
    await api.ask('holdSlot', {...wanted, status: 409});
    let link = await book(slots[5].start);
    link = (await api.ask('moveAppointment', {path: {link}, body: {start: slots[0].start}})).link;
    await api.ask('getAppointment', {path: {link}});
    same((await api.ask('getAppointmentCalendar', {path: {link}})).startsWith('BEGIN:VCALENDAR'), true, 'a file for calendars');
    await api.ask('getAppointmentData', {path: {link}});
    await api.ask('getLooks', {path: {link}});
    await api.ask('getPersonCalendar', {path: {link: await calendar()}});
    const {appointments: agenda} = await api.ask('listAppointments', {path: {site}});
    const path = {site, appointment: agenda[0].appointment};
    await api.ask('letIn', {path});
    await api.ask('letIn', {path, status: 409});
    await api.ask('undoLetIn', {path});
    await api.ask('checkInAtKiosk', {token: kiosk.secret, body: {code: agenda[0].code}});
    await api.ask('undoLetIn', {path});
    await api.ask('checkIn', {path: {link}});
    await api.ask('sendLostLinks', {body: {mail: 'ana@example.org'}});
    link = await book(slots[6].start);
    await api.ask('cancelAppointment', {path: {link}});
    await api.ask('getAppointment', {path: {link}, status: 404});
}

async function account() {
    const begun = await api.ask('getSession');
    const ahead = Date.parse(begun.begun_at) - signedIn;
    const proposed = await api.ask('proposeSecondFactor');
    const ticket = proposed.ticket;
    await api.ask('setSecondFactor', {body: {ticket, code: '1'}, status: 403});
    await api.ask('setSecondFactor', {body: {ticket, code: oneTimeCode(proposed.secret, Date.now() + ahead)}});
    same((await api.ask('makeRecoveryCodes')).codes.length, 10, 'recovery codes');
    await api.ask('removeSecondFactor');
    await api.ask('makeRecoveryCodes', {status: 422});
    const password = 'cinco navios verdes hoje';
    await api.ask('changePassword', {body: {old_password: 'wrong wrong wrong', password}, status: 422});
    await api.ask('changePassword', {body: {old_password: server.password, password}});
    await api.ask('getSession', {status: 401});
    api.token = (await api.ask('signIn', {body: {sign_in_name: 'demo', password}})).token;
}

// Whatever can be refused of any operation: no token, a parameter that is not described, a link that is none.
async function refusals(kiosk) {
    const none = {site: 'nowhere', link: 'nothing', desk: 'none-1', number: '77', account: 'nobody', appointment: 'none', token: 'none',
        secret: 'none', code: '000000', device: 'none', letter: 'none', version: '999', book: 'none', year: '2026', serial: '9', case: '2020-000001'};
    for (const [id, operation] of api.operations) {
        const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(match => match[1]);
        const path = Object.fromEntries(names.map(name => [name, name === 'site' ? site : none[name]]));
        if (operation.security.length > 0) await api.ask(id, {path, token: '', status: 401});
        const token = operation.security.some(one => one.machine) ? kiosk.secret : api.token;
        const headers = operation.security.some(one => one.entity) ? {'Balcao-Signature': 't=1,v1=00'} : {};
        await api.ask(id, {path, token, headers, query: {unknown: '1'}, status: 422});
        if (names.includes('site')) await api.ask(id, {path: {...path, site: 'nowhere'}, status: 404});
        if (operation.requestBody) {
            await api.ask(id, {path, token, headers, body: {unknown: {}}, status: 422});
            await api.ask(id, {path, token, headers, body: [[[[[[[[[[]]]]]]]]]], status: 400});
        } else if (names.includes('link')) {
            await api.ask(id, {path, status: 404});
        }
    }
    await api.ask('sendLostLinks', {body: {mail: 'ana@example.org'}});
    await api.ask('sendLostLinks', {body: {mail: 'ana@example.org'}, status: 429});
}

// The rest of the description, on an office that is no demonstration.
async function realOffice() {
    const mail = await refusingMail();
    const office = await start(process.argv[2], ['--mail', mail.address, '--mail-from', 'no-reply@town.example', '--address', 'https://town.example'], {isDemonstration: false});
    try {
        const other = new Contract(office.base, document);
        await undelivered(other, office.secret);
        for (const id of other.good) api.good.add(id);
        for (const [id, statuses] of other.bad) api.bad.set(id, [...(api.bad.get(id) ?? []), ...statuses]);
    } finally {
        await office.stop();
        mail.stop();
    }
}

let signedIn = 0;
try {
    await city();
    await lifeEvents(api);
    const made = await requests(api, document);
    await around();
    await tickets();
    signedIn = Date.now();
    await signIn();
    await inbox(api, made);
    await assistance(api);
    await deskDay();
    await missed();
    await helpAndPauses();
    await people();
    await fees(api, server.base, invite);
    await outcomes(api, invite);
    const kiosk = await machines(api);
    await notices(api, await take());
    await appointments(kiosk);
    await looks(api, await staffBookings(api));
    await model(api);
    await record(api);
    await account();
    await refusals(kiosk);
    await endOfMachines(api, kiosk);
    await realOffice();
    await api.ask('endDay', {path: {site}});
    await api.ask('takeTicket', {path: {site}, body: {services: ['quiet']}, status: 409});
    const {good, bad} = api.missing();
    if (good.length + bad.length > 0)
        throw new Error(`never called well: ${good.join(', ')}; never refused: ${bad.join(', ')}`);
    console.log(`${api.operations.size} operations answer as they are described, when they succeed and when they refuse`);
} catch (error) {
    console.error(error);
    process.exitCode = 1;
} finally {
    await server.stop();
}

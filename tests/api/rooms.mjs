// The rooms of the API one after the other, as programs work in them: appointments in the hands of staff, looks, own
// data, machines, letters that did not arrive, the record, the model. Each operation is called well, and refused.

export function same(a, b, what) {
    if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

// Asks again until it is there: letters are carried, and the log is signed, once a second.
export async function inTime(work) {
    const until = Date.now() + 20_000;
    for (;;) {
        try {
            return await work();
        } catch (error) {
            if (Date.now() > until) throw error;
            await new Promise(resolve => setTimeout(resolve, 300));
        }
    }
}

const site = 'shop';

// What happened to somebody, asked about until nothing is left to ask.
export async function lifeEvents(api) {
    const card = await api.ask('getService', {path: {service: 'identity'}});
    same(card.life_events[0], 'moving', 'the life event of a service');
    await api.ask('getService', {path: {service: 'fishing'}, status: 404});
    const catalogue = await api.ask('getCatalogue');
    same(catalogue['@graph'].some(thing => thing['@id'] === `${api.base}/api/v1/catalogue/service/identity`), true, 'a service of the catalogue');
    const {life_events: events} = await api.ask('listLifeEvents');
    same(events[0].event, 'moving', 'a life event');
    const path = {event: 'moving'};
    const plan = answers => api.ask('planLifeEvent', {path, body: {answers}});
    const people = {fact: 'people', number: 3};
    same((await plan([])).to_ask.kind, 'number', 'the first question');
    same((await plan([people])).to_ask.answers.length, 2, 'the answers of the second');
    const {services} = await plan([people, {fact: 'papers', chosen: ['yes']}]);
    same(services[1].waits_for[0].service, 'identity', 'what comes before');
    same(services[1].places.some(place => place.how === 'appointment'), true, 'a place with an appointment');
    await api.ask('planLifeEvent', {path, body: {answers: [{fact: 'people', chosen: ['many']}]}, status: 422});
    await api.ask('planLifeEvent', {path: {event: 'fishing'}, body: {answers: []}, status: 404});
}

// Somebody on the telephone, from the first question to the last.
export async function staffBookings(api) {
    const {slots} = await api.ask('listStaffSlots', {path: {site}, query: {service: 'quiet'}});
    const wish = start => ({services: ['quiet'], start, name: 'Rosa', phone: '+351 912 345 678', language: 'pt'});
    const book = start => api.ask('bookForSomebody', {path: {site}, body: wish(start)});
    const made = await book(slots[12].start);
    await api.ask('bookForSomebody', {path: {site}, body: wish('2020-01-01T00:00:00Z'), status: 422});
    same((await api.ask('findAppointment', {path: {site, code: made.code}})).appointment, made.appointment, 'by its code');
    await api.ask('findAppointment', {path: {site, code: '000000'}, status: 404});
    const path = {site, appointment: made.appointment};
    same((await api.ask('moveForSomebody', {path, body: {start: slots[14].start}})).start, slots[14].start, 'moved to');
    await api.ask('moveForSomebody', {path, body: {start: '2020-01-01T00:00:00Z'}, status: 422});
    await api.ask('writeNote', {path, body: {note: 'has the form'}});
    const seen = await api.ask('getStaffAppointment', {path});
    await api.ask('beginMeeting', {path, status: 404});
    const calls = await api.ask('listStaffSlots', {path: {site}, query: {service: 'quiet', channel: 'phone'}});
    const called = await api.ask('bookForSomebody', {path: {site}, body: {...wish(calls.slots[0].start), channel: 'phone'}});
    const call = {site, appointment: called.appointment};
    same((await api.ask('beginMeeting', {path: call})).state, 'arrived', 'a call that was begun');
    await api.ask('undoLetIn', {path: call});
    same(JSON.stringify(seen).includes('Rosa'), false, 'a name where none is asked for');
    await api.ask('getSiteCalendar', {path: {site}});
    const {address} = await api.ask('getSiteCalendarAddress', {path: {site}});
    same((await (await fetch(address)).text()).startsWith('BEGIN:VCALENDAR'), true, 'the calendar of the site');
    return {path, start: slots[14].start};
}

export async function looks(api, {path, start}) {
    const why = {why: 'to-serve'};
    await api.ask('look', {path, body: {why: 'curious'}, status: 422});
    same((await api.ask('look', {path, body: why})).contact.name, 'Rosa', 'who it is for');
    const date = start.slice(0, 10);
    same((await api.ask('lookAll', {path: {site}, body: {date, ...why}})).people.length > 0, true, 'people of the day');
    const first = await api.ask('listLooks', {path: {site}, query: {date, limit: '1'}});
    same(first.looks.length, 1, 'looks on a page');
    same((await api.ask('listLooks', {path: {site}, query: {date, limit: '1', after: first.next}})).looks.length, 1, 'the next page');
    await api.ask('listLooks', {path: {site}, query: {date, after: 'none'}, status: 422});
    await api.ask('cancelForSomebody', {path, body: {reason: 'person-asked'}});
    await api.ask('cancelForSomebody', {path, body: {reason: 'tired'}, status: 422});
    await api.ask('look', {path, body: why, status: 409});
}

export async function machines(api) {
    const {secret, code} = await api.ask('askForMachine');
    same((await api.ask('getMachine', {token: secret})).is_enabled, false, 'enabled before anybody did so');
    await api.ask('takeTicketAtKiosk', {token: secret, body: {services: ['quiet']}, status: 403});
    const wish = {code, kind: 'kiosk', name: 'By the door', prints: true};
    const {device} = await api.ask('enableDevice', {path: {site}, body: wish});
    await api.ask('enableDevice', {path: {site}, body: wish, status: 409});
    await api.ask('enableDevice', {path: {site}, body: {...wish, code: 'AAAA-AAAA'}, status: 422});
    same((await api.ask('getMachine', {token: secret})).site, site, 'where the kiosk stands');
    const ticket = await api.ask('takeTicketAtKiosk', {token: secret, body: {services: ['quiet']}});
    await api.ask('takeTicketAtKiosk', {token: secret, body: {services: ['fishing']}, status: 422});
    await api.ask('checkInAtKiosk', {token: secret, body: {code: '000000'}, status: 404});
    same((await api.ask('listDevices', {path: {site}})).devices.length, 1, 'machines of the site');
    return {secret, device, ticket};
}

export async function endOfMachines(api, {secret, device}) {
    await api.ask('disableDevice', {path: {site, device}});
    await api.ask('disableDevice', {path: {site, device: 'none'}, status: 404});
    await api.ask('checkInAtKiosk', {token: secret, body: {code: '000000'}, status: 403});
    const {secret: another, code} = await api.ask('askForMachine');
    await api.ask('enableDevice', {path: {site}, body: {code, kind: 'display', name: 'Above the desks'}});
    await api.ask('getMachine', {token: another});
    await api.ask('takeTicketAtKiosk', {token: another, body: {services: ['quiet']}, status: 409});
}

// Two tickets wait; the second asks to be told.
export async function notices(api, ticket) {
    const path = {link: ticket.link};
    await api.ask('getNotice', {path, status: 404});
    await api.ask('askForNotice', {path, body: {before: 1, mail: 'ines@example.org'}});
    same((await api.ask('getNotice', {path})).before, 1, 'people before who is told');
    await api.ask('askForNotice', {path, body: {before: 4, mail: 'ines@example.org'}, status: 422});
    await api.ask('askForNotice', {path, body: {before: 1, mail: 'ines'}, status: 422});
    await api.ask('getTicketData', {path});
    await api.ask('leaveTicket', {path});
    await api.ask('askForNotice', {path, body: {before: 1, mail: 'ines@example.org'}, status: 409});
}

export async function record(api) {
    same((await api.ask('getRecord', {path: {site}, query: {weeks: '2'}})).weeks.length, 2, 'weeks');
    await api.ask('getRecord', {path: {site}, query: {weeks: '99'}, status: 422});
    await api.ask('getLaw', {path: {site}});
    same((await api.ask('getStatistics', {path: {site}})).tickets > 0, true, 'tickets in the statistics');
    await api.ask('getStatistics', {path: {site}, query: {from: '2030-01-02', to: '2030-01-01'}, status: 422});
    same((await api.ask('exportPeriods', {path: {site}})).startsWith('site,date,number'), true, 'the table of periods');
    same((await api.ask('exportEvents', {path: {site}})).events.length > 0, true, 'events');
    await api.ask('exportEvents', {path: {site}, query: {from: '2026-01-01', to: '2026-02-01'}, status: 422});
}

// Hours changed and changed back; somebody else was faster; an appointment that loses its place.
export async function model(api) {
    const {version} = await api.ask('getModel');
    const seen = api.etag;
    const {slots} = await api.ask('listStaffSlots', {path: {site}, query: {service: 'quiet'}});
    const day = slots[slots.length - 1].start.slice(0, 10);
    const on = slots.filter(slot => slot.start.startsWith(day));
    const booked = await api.ask('bookForSomebody', {path: {site}, body: {services: ['quiet'], start: on[on.length - 1].start, name: 'Rosa'}});
    const closed = {kind: 'closure', site, date: day};
    const preview = await api.ask('previewChange', {body: {change: closed}, headers: {'If-Match': seen}});
    same(preview.clashes.length > 0, true, 'appointments that would have no place');
    const headers = {'If-Match': seen, 'Idempotency-Key': '"8e03978e-40d5-43dd-bc93-6894a57f9325"'};
    const order = {body: {change: closed, note: 'a holiday'}, headers};
    await api.ask('publishChange', {body: order.body, status: 428});
    const made = await api.ask('publishChange', order);
    same(made.version, version + 1, 'the next version');
    same((await api.ask('publishChange', order)).version, made.version, 'the same key');
    const now = api.etag;
    const hours = {kind: 'hours', site, hours: {mon: 'late'}};
    await api.ask('publishChange', {body: {change: hours, note: 'slower'}, headers: {'If-Match': now}, status: 422});
    const late = await api.ask('publishChange', {body: {change: {kind: 'desks', site, desks: 'counter', count: 3}, note: 'slower'}, headers: {'If-Match': seen}, status: 412});
    same(late.now.version, made.version, 'the version that is in force');
    const {clashes} = await api.ask('listClashes');
    const mine = clashes.find(one => one.appointment.appointment === booked.appointment);
    const path = {appointment: booked.appointment};
    await api.ask('moveClash', {path, body: {site, start: mine.offers[0].start}});
    await api.ask('moveClash', {path, body: {site, start: '2020-01-01T00:00:00Z'}, status: 422});
    same((await api.ask('listVersions', {query: {limit: '1'}})).versions[0].version, made.version, 'the last version');
    same((await api.ask('getVersion', {path: {version: made.version}})).differences.length > 0, true, 'differences');
    same((await api.ask('getVersionText', {path: {version: version}})).startsWith('balcao: 1'), true, 'the text');
    await api.ask('getVersionText', {path: {version: 999}, status: 404});
    await api.ask('publishChange', {body: {change: {kind: 'back', version}, note: 'it is none'}, headers: {'If-Match': now}});
}

// An office that is no demonstration, with a mail server that takes nothing: the first account, and letters that did
// not arrive.
export async function undelivered(api, secret) {
    const password = 'quatro casas verdes hoje';
    const body = {name: 'Ana', sign_in_name: 'ana', password};
    await api.ask('makeFirstAccount', {path: {secret}, body: {...body, password: 'short'}, status: 422});
    await api.ask('makeFirstAccount', {path: {secret}, body});
    await api.ask('makeFirstAccount', {path: {secret}, body, status: 404});
    api.token = (await api.ask('signIn', {body: {sign_in_name: 'ana', password}})).token;
    await api.ask('getModel', {status: 403});
    const {slots} = await api.ask('listStaffSlots', {path: {site}, query: {service: 'quiet'}});
    for (const slot of slots.slice(-2))
        await api.ask('bookForSomebody', {path: {site}, body: {services: ['quiet'], start: slot.start, name: 'Rosa', mail: 'rosa@example.org'}});
    const letters = await inTime(async () => {
        const found = (await api.ask('listLetters', {path: {site}})).letters;
        if (found.length < 2) throw new Error('the letters have not come back yet');
        return found;
    });
    same(letters[0].why, '550', 'why it did not arrive');
    await api.ask('sendLetterAgain', {path: {site, letter: letters[0].letter}});
    await api.ask('setLetterAside', {path: {site, letter: letters[1].letter}});
    await api.ask('setLetterAside', {path: {site, letter: letters[1].letter}, status: 404});
}

// What requests cost, as programs pay it: by a reference, in cash and by card at a desk; what goes back; the till in the
// evening; the city's money. Each operation is called well, and refused.
import {inTime, same} from './rooms.mjs';

const site = 'shop';
const cents = 1800;

export async function handedIn(api) {
    return api.ask('requestServices', {body: {service: 'identity', answers: [], contact: {mail: 'ana@example.org'}, agreed: ['registry'],
        details: [{detail: 'full-name', text: 'Ana Só'}, {detail: 'card-number', text: '1234 5678'}]}});
}

// Somebody pays at the cash machine that demonstrations have.
async function payAtMachine(base, reference, amount) {
    const body = new URLSearchParams({reference, amount});
    return (await fetch(`${base}/en/cash-machine`, {method: 'POST', body})).status;
}

async function byReference(api, base) {
    const made = await handedIn(api);
    const path = {link: made.link};
    const free = await api.ask('getCaseFees', {path});
    same(free.sum, cents, 'what is to pay');
    same(free.payments.length, 0, 'payments before anybody asks for one');
    await api.ask('lookForPayment', {path, status: 409});
    await api.ask('payCase', {path, body: {provider: 'nobody'}, status: 404});
    await api.ask('payCase', {path, body: {provider: 'multibanco'}});
    const way = await inTime(async () => {
        const [payment] = (await api.ask('getCaseFees', {path})).payments;
        same(payment.ways[0].state, 'given', 'a reference');
        return payment.ways[0];
    });
    await api.ask('lookForPayment', {path});
    same(await payAtMachine(base, way.reference, '17'), 422, 'another amount');
    same(await payAtMachine(base, way.reference, '18'), 200, 'the amount');
    const paid = await api.ask('getCaseFees', {path});
    same(paid.sum, 0, 'what is left to pay');
    const [book, year, serial] = paid.payments[0].receipt.split('/');
    const receipt = await api.ask('getFeeReceipt', {path: {...path, book, year, serial}});
    same(receipt.cents, cents, 'on the receipt');
    await api.ask('getFeeReceipt', {path: {...path, book, year, serial: '99'}, status: 404});
    await api.ask('payCase', {path, body: {provider: 'multibanco'}, status: 409});
    await api.ask('withdrawCase', {path});
    await inTime(async () => same((await api.ask('getCaseFees', {path})).payments[0].refunds[0]?.state, 'made', 'money that went back'));
}

// In cash at a desk; withdrawn, it is fetched there again.
async function inCash(api, at) {
    const made = await handedIn(api);
    const body = {case: made.case, cents};
    await api.ask('takeFees', {path: at, body, status: 409});
    await api.ask('getTill', {path: at, status: 409});
    await api.ask('openTill', {path: at, body: {cents: 10_000}});
    await api.ask('openTill', {path: at, body: {cents: 10_000}, status: 409});
    same((await api.ask('getFeesAtTill', {path: {...at, case: made.case}})).sum, cents, 'what is to pay');
    await api.ask('getFeesAtTill', {path: {...at, case: '2020-000001'}, status: 404});
    await api.ask('takeFees', {path: at, body: {...body, cents: 1}, status: 422});
    same((await api.ask('takeFees', {path: at, body})).sum, 0, 'what is left to pay');
    same((await api.ask('getTill', {path: at})).expected, 10_000 + cents, 'cash in the till');
    await api.ask('withdrawCase', {path: {link: made.link}});
    const payment = await inTime(async () => {
        const [one] = (await api.ask('getCaseFees', {path: {link: made.link}})).payments;
        same(one.refunds[0]?.state, 'at-desk', 'money that is to be fetched');
        return one.payment;
    });
    const decision = {decision: 'refund-at-desk', payment, number: 1};
    await api.ask('decideOnMoney', {body: decision});
    await api.ask('decideOnMoney', {body: {...decision, decision: 'give-back'}, status: 409});
    await api.ask('decideOnMoney', {body: {decision: 'stray-cleared', number: 1, note: 'none'}, status: 404});
    await api.ask('payOutRefund', {path: at, body: {payment, refund: 9}, status: 404});
    same((await api.ask('payOutRefund', {path: at, body: {payment, refund: 1}})).expected, 10_000, 'cash in the till');
    await api.ask('payOutRefund', {path: at, body: {payment, refund: 1}, status: 409});
}

async function byCard(api, at) {
    const made = await handedIn(api);
    const body = {case: made.case, provider: 'terminal'};
    await api.ask('chargeFees', {path: at, body: {...body, provider: 'nobody'}, status: 404});
    await api.ask('chargeFees', {path: at, body});
    await inTime(async () => same((await api.ask('getTill', {path: at})).card, cents, 'taken by card'));
}

async function evening(api, at, invite) {
    await api.ask('correctTill', {path: at, body: {cents: -100, why: ''}, status: 422});
    await api.ask('correctTill', {path: at, body: {cents: -100, why: 'A coin was false.'}});
    await api.ask('countTill', {path: at, body: {cents: 8_000}, status: 422});
    same((await api.ask('countTill', {path: at, body: {cents: 8_000, why: 'Nobody knows.'}})).state, 'counted', 'a till that waits');
    await api.ask('countersignTill', {path: at, status: 409});
    const manager = await invite('eva', 'manager');
    same((await api.ask('countersignTill', {path: at, token: manager.token})).state, 'closed', 'the till in the evening');
    await api.ask('getMoneyOfDay', {token: manager.token, status: 403});  // hers is one site alone
    await api.ask('listMoneyToDecide', {token: manager.token, status: 403});
}

export async function fees(api, base, invite) {
    const at = {site, desk: 'counter-1'};
    await byReference(api, base);
    await inCash(api, at);
    await byCard(api, at);
    await evening(api, at, invite);
    const day = await api.ask('getMoneyOfDay');
    same(day.entities[0].collected, 3 * cents, 'collected for the registry');
    same(day.entities[0].returned, 2 * cents, 'and given back');
    same((await api.ask('listMoneyToDecide')).payments.length, 0, 'what waits for a decision');
}

// How long it really takes, as programs read it: nothing of fewer people than are told, and of more without a person in
// it. Each operation is called well, and refused.
import {handedIn} from './fees.mjs';
import {inTime, same} from './rooms.mjs';

export async function outcomes(api, invite) {
    const before = await api.ask('getOutcomes');
    same(before.told_from, 10, 'from how many people on');
    same(before.services.length, 0, 'services of which anything is told');
    same((await api.ask('listEndedRequests', {path: {service: 'identity'}})).ended.length, 0, 'single ones of a few');
    await api.ask('listEndedRequests', {path: {service: 'atlantis'}, status: 404});
    for (let one = 0; one < 10; one += 1)
        await api.ask('withdrawCase', {path: {link: (await handedIn(api)).link}});
    await inTime(async () => {
        const [identity] = (await api.ask('getOutcomes')).services;
        same(identity?.service, 'identity', 'the service that many asked for');
        same(identity.dropped >= 10, true, 'as many as were withdrawn');
        same(identity.concluded, undefined, 'nothing of those who had it, who are too few');
    });
    const {ended} = await api.ask('listEndedRequests', {path: {service: 'identity'}});
    same(ended.length >= 10, true, 'those that ended lately');
    same(new Set(ended.map((one) => one.name)).size, ended.length, 'names, each of one request');
    same(ended.some((one) => one.how !== 'dropped'), false, 'what was not withdrawn');
    const attendant = await invite('olga', 'attendant');
    await api.ask('listEndedRequests', {path: {service: 'identity'}, token: attendant.token, status: 403});
}

// What an authenticator shows for a secret (RFC 6238 as all of them do it: SHA-1, six digits, half minutes).
import {createHmac} from 'node:crypto';

// `secret` in base 32, with or without blanks and padding; `at` in milliseconds of Unix time.
export function oneTimeCode(secret, at = Date.now()) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...secret.replace(/[\s=]/g, '')].map(letter => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2)));
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
    const hash = createHmac('sha1', key).update(count).digest();
    const from = hash[19] & 15;
    return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

import fc from 'fast-check';
import { openToken, sealToken } from './bill-token';

const until = '2026-11-24T08:30:00.000Z';
const before = { oneRecordId: 7, now: '2026-11-24T08:29:59.999Z', secret: 'one secret' };
const token = sealToken({ billId: 42, oneRecordId: 7, until }, 'one secret');

describe('the token of a bill in hand', () => {
  it('names the bill to the citizen who looked it up, until it is over', () => {
    expect(openToken(token, before)).toBe(42);
    expect(openToken(token, { ...before, now: until })).toBeNull();
  });

  it('is nothing to another citizen, and under another secret', () => {
    expect(openToken(token, { ...before, oneRecordId: 8 })).toBeNull();
    expect(openToken(token, { ...before, secret: 'another' })).toBeNull();
  });

  it('cannot be changed or made up', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.string(), (at, text) => {
        const changed = token.slice(0, at) + text + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(openToken(changed, before)).toBeNull();
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => expect(openToken(text, before)).toBeNull()));
    const [payload, signature] = token.split('.');
    expect(openToken(`${payload}.${signature}.${signature}`, before)).toBeNull();
  });
});

import { isUnknown } from './use-attempt';

describe('an attempt', () => {
  it.each([
    ['no answer', new TypeError('Failed to fetch'), true],
    ['the page of a proxy', '<html>Bad Gateway</html>', true],
    ['a fault of the server', { status: 500, code: 'http.internal', title: 'Something went wrong' }, true],
    ['a refusal', { status: 409, code: 'billing.shift-closed', title: 'The shift is closed' }, false],
  ])('by %s', (_, error, unknown) => expect(isUnknown(error)).toBe(unknown));
});

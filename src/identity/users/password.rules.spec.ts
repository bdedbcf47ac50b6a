import { ofUser, passwordFault } from './password.rules';
import { Passwords } from './passwords';

describe('a password', () => {
  it.each([
    ['eleven char', 'minLength'],
    ['a'.repeat(129), 'maxLength'],
    ['aaaaaaaaaaaaaaaa', 'tooPlain'],
    ['abcdabcdabcdabcd', 'tooPlain'],
    ['my-R.Kanaan-2026', 'containsUsername'],
    ['زيتون ونعناع', null],
    ['correct horse battery', null],
    ['٠١٢٣٤٥٦٧٨٩٠١', null],
    ['😀😁😂🤣😃😀', 'minLength'],
  ])('%s: %s', (password, fault) => expect(passwordFault(password, ofUser('r.kanaan'))).toBe(fault));

  it('may contain a username too short to matter', () => {
    expect(passwordFault('bridge over water', ofUser('oil'))).toBeNull();
    expect(passwordFault('the oil of olives', ofUser('oil'))).toBeNull();
  });

  it.each([
    ['my number is 123456782', 'containsPersonal'],
    ['رقمي ١٢٣٤٥٦٧٨٢ لا غير', 'containsPersonal'],
    ['زيت فاطِمة الأصيل', 'containsPersonal'],
    ['زيتون ونعناع', null],
  ])('of a citizen, %s: %s', (password, fault) => {
    const words = ['فاطمة', '123456782'];
    expect(passwordFault(password, { code: 'containsPersonal', words })).toBe(fault);
  });

  it('is kept as argon2id, salted, at the recommended cost', async () => {
    const passwords = new Passwords();
    const [one, two] = [await passwords.hash('olive trees of Nablus'), await passwords.hash('olive trees of Nablus')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(one.length).toBeLessThanOrEqual(200);
  });

  it('matches in any Unicode spelling, and never for nobody', async () => {
    const passwords = new Passwords();
    const kept = await passwords.hash('ca\u0301fe de Naplouse');
    expect(await passwords.verify(kept, 'c\u00e1fe de Naplouse')).toBe(true);
    expect(await passwords.verify(kept, 'cafe de Naplouse')).toBe(false);
    expect(await passwords.verify(undefined, 'cafe de Naplouse')).toBe(false);
  });
});

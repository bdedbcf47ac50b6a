import { GRANTS } from '../../src/identity';
import { wordsOf } from '../../web/src/admin/words';

describe('the words of the counter', () => {
  it.each(Object.keys(GRANTS))('say what %s permits, in both languages', (permission) => {
    expect(wordsOf(permission, 'ar')).toMatch(/^[\u0600-\u06ff: ]+$/);
    expect(wordsOf(permission, 'en')).toMatch(/^[A-Z][A-Za-z-]* ?[A-Za-z- ]*: [a-z]/);
  });

  it('say what was done, and nothing of a code that they do not know', () => {
    expect(wordsOf('billing.shift-opened', 'ar')).toBe('الوردية: فتح');
    expect(wordsOf('water.cut-run-cancelled', 'en')).toBe('Cut run: cancel');
    expect(wordsOf('billing.cheque-return-undone', 'en')).toBe('Cheque: undo a return');
    expect(wordsOf('identity.login', 'ar')).toBe('تسجيل الدخول');
    expect(wordsOf('billing.payment-frobnicated', 'ar')).toBeUndefined();
  });
});

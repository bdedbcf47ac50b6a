import { asProblem } from './problem';

const refusal = { status: 409, code: 'billing.shift-closed', title: 'الوردية مغلقة' };

describe('the title of a refusal', () => {
  it('is in the language of the screen, whichever it was when it was asked', () => {
    const error = { ...refusal, titles: { ar: refusal.title, en: 'The shift is closed' } };
    expect(asProblem(error, 'en').title).toBe('The shift is closed');
    expect(asProblem(error, 'ar').title).toBe('الوردية مغلقة');
  });

  it('is what the server said where it said it in one language', () =>
    expect(asProblem(refusal, 'en')).toEqual(refusal));

  it('is ours where no answer came', () => {
    const error = new TypeError('Failed to fetch');
    expect(asProblem(error, 'en').title).not.toBe(asProblem(error, 'ar').title);
  });
});

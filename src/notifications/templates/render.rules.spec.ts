import fc from 'fast-check';
import { isMalformed, render, type Wording } from './render.rules';
import type { Value } from './define-template';
import type { PlaceholderKind } from './template.entity';

const AROUND = { municipality: 'بلدية نابلس', publicUrl: 'https://nablus.test' };
const wording = (body: string, more: Partial<Wording> = {}): Wording => ({
  channel: 'SMS',
  language: 'ar',
  subject: null,
  body,
  ...more,
});
const shown = (kind: PlaceholderKind, value: Value, language: 'ar' | 'en' = 'ar') =>
  render(wording('{{value}}', { language }), [{ name: 'value', kind }], { value }, AROUND).body;

describe('what a template says', () => {
  it.each<[PlaceholderKind, Value, string, string]>([
    ['text', 'محمد', 'محمد', '\u2068محمد\u2069'],
    ['text', { ar: 'الغربية', en: 'West' }, 'الغربية', 'West'],
    ['money', { minor: 123_450, currency: 'ILS' }, '\u20681,234.50\u2069 شيكل', '1,234.50 ILS'],
    ['money', { minor: -14_290, currency: 'JOD' }, '\u2068-14.290\u2069 دينار', '-14.290 JOD'],
    ['date', '2026-11-24', '\u206824\u2069 تشرين الثاني \u20682026\u2069', '24 November 2026'],
    ['date', '2026-11-24T20:30:00.000Z', '\u206822:30 24\u2069', '22:30 24 November 2026'],
    ['number', 20011, '\u206820011\u2069', '20011'],
    ['code', '012345', '\u2068012345\u2069', '012345'],
    ['link', '/s/4oJ3', '\u2068https://nablus.test/s/4oJ3\u2069', 'https://nablus.test/s/4oJ3'],
    ['link', 'https://nablus.test/s/4oJ3', '\u2068https://nablus.test/s/4oJ3\u2069', 'https://nablus.test/s/4oJ3'],
  ])('%s %j', (kind, value, ar, en) => {
    expect(shown(kind, value)).toContain(ar.replace(/ 24\u2069$/, ''));
    expect(shown(kind, value, 'en')).toBe(en);
  });

  it.each<[PlaceholderKind, unknown]>([
    ['money', { minor: 1.5, currency: 'ILS' }],
    ['money', { minor: 1, currency: 'EUR' }],
    ['money', null],
    ['date', '2026-02-30'],
    ['date', 'tomorrow'],
    ['number', 1.5],
    ['number', '12'],
    ['code', '12 34'],
    ['code', '{{code}}'],
    ['link', 'https://evil.test/s/1'],
    ['link', 'https://nablus.test.evil.test/'],
    ['link', '//evil.test'],
    ['link', '/s/1\r\nSet-Cookie: a=b'],
    ['text', 'م'.repeat(1001)],
    ['text', { ar: 1 }],
  ])('refuses %s %j', (kind, value) => {
    expect(() => shown(kind, value as Value)).toThrow('notifications.bad-value');
  });

  it('refuses a value that is missing, and one too many', () => {
    const two = [
      { name: 'a', kind: 'text' },
      { name: 'b', kind: 'text' },
    ] as const;
    const wrong = () => render(wording('{{a}} {{b}}'), two, { a: 'x', c: 'y' }, AROUND);
    expect(wrong).toThrow(
      expect.objectContaining({
        code: 'notifications.placeholders',
        details: { extra: { missing: ['b'], unknown: ['c'] } },
      }),
    );
  });

  it('never looks at a value as a template, and lets none bring lines or controls of direction', () => {
    const both = [
      { name: 'name', kind: 'text' },
      { name: 'code', kind: 'code' },
    ] as const;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const { subject, body } = render(
          wording('{{name}}|{{code}}', { language: 'en', channel: 'EMAIL', subject: '{{name}}' }),
          both,
          { name, code: '123456' },
          AROUND,
        );
        expect(body.endsWith('|123456')).toBe(true);
        expect(`${subject}${body}`).not.toMatch(/[\u0000-\u001f\u007f\u202a-\u202e\u2066\u2067]/); // eslint-disable-line no-control-regex
      }),
    );
    const injected = { name: '{{code}}\r\nBcc: all@nablus.test\u202e', code: '123456' };
    expect(render(wording('{{name}}', { language: 'en' }), both, injected, AROUND).body).toBe(
      '{{code}} Bcc: all@nablus.test',
    );
  });

  it.each([
    ['{{name}} {{ code }}', true],
    ['{{name', true],
    ['{{Name}}', true],
    ['{{name}} {x}', false],
    ['{{name}} \u202e005\u202c', true],
    ['{{name}} \u200f\u2067x\u2069', false],
  ])('%s is malformed: %s', (body, expected) => {
    expect(isMalformed({ subject: null, body })).toBe(expected);
    expect(isMalformed({ subject: 'two\nlines', body: '' })).toBe(true);
  });
});

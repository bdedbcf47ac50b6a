import { officeCode, readSerial, serialOf } from './index';

const serial = serialOf({ kind: 'ST', office: 'OSS', year: 2026, number: 123 });

describe('serial of a document', () => {
  it('names kind, office, year and number, and ends with two check digits', () => {
    expect(serial).toBe('ST-OSS-2026-000123-62');
    expect(serialOf({ kind: 'ST', office: 'HQ', year: 2026, number: 1_000_000 })).toMatch(
      /^ST-HQ-2026-1000000-[0-9]{2}$/,
    );
  });

  it('is read in any case, with Arabic digits, long dashes and blanks around', () => {
    const arabic = serial.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    for (const typed of [serial, serial.toLowerCase(), ` ${serial} `, serial.replace(/-/g, '–'), arabic]) {
      expect(readSerial(typed)).toEqual({ ok: true, serial, kind: 'ST' });
    }
  });

  it('sees every wrong digit, every wrong letter and every swap of two neighbours', () => {
    const [digits, letters] = ['0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    for (let at = 0; at < serial.length; at++) {
      const head = serial.slice(0, at);
      for (const other of digits.includes(serial[at]!) ? digits : letters) {
        if (serial[at] === '-' || other === serial[at]) continue;
        expect(readSerial(head + other + serial.slice(at + 1)).ok).toBe(false);
      }
      const [a, b] = [serial[at]!, serial[at + 1] ?? '-'];
      if (a !== b && a !== '-' && b !== '-') expect(readSerial(head + b + a + serial.slice(at + 2)).ok).toBe(false);
    }
  });

  it('tells a mistyped serial from what is none', () => {
    const wrong = serial.replace('000123', '000124');
    expect(readSerial(wrong)).toEqual({ ok: false, reason: 'mistyped', serial: wrong });
    for (const none of ['', 'x', 'ST-2026', `${serial}-1`, `${serial}'--`, '<script>', 'ش'.repeat(5000), '٠']) {
      expect(readSerial(none)).toEqual({ ok: false, reason: 'malformed' });
    }
  });

  it('never gives two numbers one serial', () => {
    const all = Array.from({ length: 2000 }, (_, at) =>
      serialOf({ kind: 'ST', office: 'OSS', year: 2026, number: at + 1 }),
    );
    expect(new Set(all).size).toBe(2000);
    expect(all.every((each) => readSerial(each).ok)).toBe(true);
  });
});

describe('office of a serial', () => {
  it('is the code of the department, in what a serial can hold', () => {
    expect(officeCode('OSS')).toBe('OSS');
    expect(officeCode('water-east')).toBe('WATEREAS');
    expect(officeCode(null)).toBe('HQ');
    expect(officeCode('مياه')).toBe('HQ');
  });
});

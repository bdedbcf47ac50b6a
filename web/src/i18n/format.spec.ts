import { shownDigits } from './format';

describe('shownDigits', () => {
  it('writes digits as they are preferred, but for a serial with Latin letters', () => {
    expect(shownDigits('2026-000042', 'arabic')).toBe('٢٠٢٦-٠٠٠٠٤٢');
    expect(shownDigits('شارع 5', 'arabic')).toBe('شارع ٥');
    expect(shownDigits('ST-OSS-2026-000001-40', 'arabic')).toBe('ST-OSS-2026-000001-40');
    expect(shownDigits('2026', 'latin')).toBe('2026');
  });
});

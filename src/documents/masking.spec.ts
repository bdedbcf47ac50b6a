import { maskName } from './masking';

describe('name of a holder for strangers', () => {
  it('keeps the given name and the initials of the rest', () => {
    expect(maskName(['محمد', 'أحمد', 'خليل', 'النابلسي'])).toBe('محمد أ. خ. ن.');
    expect(maskName(['عبد الله', 'إبراهيم', null, 'أبو شمط'])).toBe('عبد الله إ. أ.');
    expect(maskName(['Sami', 'Adel', undefined, ' '])).toBe('Sami A.');
  });

  it('takes one text apart at its blanks', () => {
    expect(maskName(['شركة الأفق للتجارة'])).toBe('شركة أ. ل.');
    expect(maskName(['محمد'])).toBe('محمد');
    expect(maskName(['', null])).toBe('');
  });

  it('makes no initial of signs, and reads letters beyond the basic plane whole', () => {
    expect(maskName(['ريم', '<script>', '(-)', '𝒜dam'])).toBe('ريم s. 𝒜.');
    expect(maskName(['سعيد', 'ال', 'َعلي'])).toBe('سعيد ا. ع.');
  });
});

import * as fc from 'fast-check';
import { skeletonKey } from './skeleton';

describe('skeletonKey', () => {
  it.each([
    ['محمد', ['mohammed', 'muhammad', 'mohamed', 'mhmd', 'muhamad']],
    ['فاطمه', ['fatima', 'fatimah', 'fatma']],
    ['يوسف', ['yousef', 'yusuf', 'youssef']],
    ['وليد', ['walid', 'waleed']],
    ['خالد', ['khaled', 'khalid']],
    ['شكري', ['shukri', 'shoukri']],
    ['النابلسي', ['nabulsi', 'alnabulsi', 'nabulsy']],
  ])('is the same for %s in Latin letters', (arabic, latin) => {
    for (const name of latin) expect(skeletonKey(name)).toBe(skeletonKey(arabic));
  });

  it('tells unlike names apart', () => {
    expect(skeletonKey('خالد')).not.toBe(skeletonKey('حامد'));
    expect(skeletonKey('عمر')).not.toBe(skeletonKey('عمار'.concat('ن')));
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => typeof skeletonKey(text) === 'string'));
  });
});

import { splitName } from './split-name';

describe('splitName', () => {
  it.each([
    ['فاطمة قاسم هشام الخياط', ['فاطمة', 'قاسم', 'هشام', 'الخياط']],
    ['زهير الشكعة', ['زهير', undefined, undefined, 'الشكعة']],
    ['زهير طارق الشكعة', ['زهير', 'طارق', undefined, 'الشكعة']],
    ['عبد الله محمد عبد الرحمن أبو صالح', ['عبد الله', 'محمد', 'عبد الرحمن', 'أبو صالح']],
    ['الحاج  سعيد بن خالد عمر النابلسي', ['سعيد', 'خالد', 'عمر', 'النابلسي']],
    ['د. ليلى محمود خالد آل طه', ['ليلى', 'محمود', 'خالد', 'آل طه']],
    ['خليل', ['خليل', undefined, undefined, undefined]],
    ['', [undefined, undefined, undefined, undefined]],
  ])('%s', (raw, [given, father, grandfather, family]) =>
    expect(splitName(raw)).toEqual({ given, father, grandfather, family }),
  );
});

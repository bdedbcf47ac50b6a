import { defineProblems } from '@libs/http';

export const MATCHING = defineProblems({
  'citizens.match-running': { status: 409, ar: 'هناك مطابقة جارية للسجلات', en: 'A matching is running already' },
  'citizens.row-not-proposed': {
    status: 422,
    ar: 'السجل القديم ليس من سجلات هذا الاقتراح',
    en: 'This legacy row is not among the rows of the proposal',
  },
  'citizens.pair-of-one': {
    status: 422,
    ar: 'لا يُفصل السجل عن نفسه ولا عن سجل مربوط معه بالسجل الموحد نفسه',
    en: 'A row cannot be kept apart from itself, nor from a row of the same OneRecord',
  },
});

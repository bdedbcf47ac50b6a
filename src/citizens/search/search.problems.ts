import { defineProblems } from '@libs/http';

export const SEARCH = defineProblems({
  'citizens.names-rebuilding': {
    status: 503,
    ar: 'فهرس الأسماء يُبنى من جديد: ابحث برقم، أو حاول بعد قليل',
    en: 'The index of names is being built again: search by a number, or try again in a while',
  },
});

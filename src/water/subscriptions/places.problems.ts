import { defineProblems } from '@libs/http';

export const PLACES = defineProblems({
  'water.code-taken': { status: 409, ar: 'الرمز مستعمل', en: 'The code is taken' },
});

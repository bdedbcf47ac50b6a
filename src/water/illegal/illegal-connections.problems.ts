import { defineProblems } from '@libs/http';

export const ILLEGAL = defineProblems({
  'water.report-known': { status: 409, ar: 'المحضر مسجل من قبل', en: 'There is a case of this report already' },
  'water.illegal-state': {
    status: 409,
    ar: 'حالة المخالفة لا تسمح بذلك',
    en: 'The state of the case does not allow this',
  },
  'water.illegal-own-case': {
    status: 403,
    ar: 'لا يعتمد المخالفة من اقترحها',
    en: 'A case is approved by somebody else than its proposer',
  },
});

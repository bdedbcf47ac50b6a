import { defineProblems } from '@libs/http';

export const LEAKS = defineProblems({
  'water.leak-not-billed': {
    status: 409,
    ar: 'لا فاتورة بقراءة فعلية لهذه الفترة',
    en: 'No bill of a true reading is of this period',
  },
  'water.leak-no-average': {
    status: 409,
    ar: 'لا استهلاك سابق يقاس عليه',
    en: 'There is no earlier consumption to compare with',
  },
  'water.leak-no-excess': {
    status: 409,
    ar: 'الاستهلاك لا يزيد عن المعتاد',
    en: 'The consumption is not above what is usual',
  },
  'water.leak-allowed-before': {
    status: 409,
    ar: 'استفاد الاشتراك من سماح تسرب خلال المدة المحددة',
    en: 'The subscription has had an allowance within the set time',
  },
});

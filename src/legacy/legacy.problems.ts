import { defineProblems } from '@libs/http';

export const LEGACY = defineProblems({
  'legacy.extract-invalid': {
    status: 422,
    ar: 'المستخرج غير صالح، ولم يتغير شيء',
    en: 'The extract is not right; nothing was changed',
  },
  'legacy.import-running': { status: 409, ar: 'هناك استيراد جارٍ', en: 'An import is running already' },
  'legacy.no-extract-folder': {
    status: 409,
    ar: 'لم يُحدَّد مجلد المستخرج (LEGACY_EXTRACT_DIR)',
    en: 'No folder of the extract is set (LEGACY_EXTRACT_DIR)',
  },
  'legacy.control-difference': {
    status: 409,
    ar: 'نتيجة الاستيراد تخالف أرقام الضبط',
    en: 'The outcome differs from the control totals of the extract',
  },
});

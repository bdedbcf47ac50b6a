import { defineProblems } from '@libs/http';

export const PHOTOS = defineProblems({
  'water.photo-invalid': {
    status: 422,
    ar: 'الملف ليس صورة JPEG أو PNG صالحة حتى 1 ميغابايت',
    en: 'The file is no JPEG or PNG of at most 1 MB',
  },
  'water.photos-enough': { status: 409, ar: 'أُرفقت صور كافية', en: 'There are as many photos as there may be' },
});

import { defineProblems } from '@libs/http';

export const PHOTOS = defineProblems({
  'water.photo-invalid': {
    status: 422,
    ar: 'لم تصل الصورة سليمة: يُرسل محتواها بترميز base64 بلا بادئة',
    en: 'The photo did not arrive whole: its content is sent as base64, without a prefix',
  },
  'water.photo-type': {
    status: 422,
    ar: 'الملف ليس صورة JPEG أو PNG: حوّل الصور من نوع آخر، مثل HEIC أو PDF، قبل إرفاقها',
    en: 'The file is no JPEG or PNG: convert others, such as HEIC or PDF, before attaching them',
  },
  'water.photo-too-large': {
    status: 422,
    ar: 'الصورة أكبر من 1 ميغابايت: صغّرها قبل إرفاقها',
    en: 'The photo is larger than 1 MB: make it smaller before attaching it',
  },
  'water.photos-enough': {
    status: 409,
    ar: 'أُرفقت خمس صور من قبل، وهو الحد الأقصى',
    en: 'Five photos are attached already, and there may be no more',
  },
});

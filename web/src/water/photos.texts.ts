import { dictionary } from '../i18n/dictionary';

export const PHOTOS = dictionary(
  {
    photos: 'صور ({count})',
    photosOf: 'صور {what}',
    some: 'صور',
    none: 'لا صور بعد',
    photo: 'صورة {at}',
    takenAt: 'أُرفقت',
    add: 'أرفق صورة',
    hint: 'صورة واحدة أو أكثر، خمس صور على الأكثر. الصورة الكبيرة تُصغّر وحدها.',
    enough: 'أُرفقت خمس صور، وهي أكثر ما يُرفق',
    choosePhoto: 'اختر صورة العداد أو صوّره',
    photoChosen: 'أُرفقت صورة',
    scanWrong: 'هذا الملف ليس صورة تُقرأ: اختر صورة JPEG أو PNG',
    scanTooLarge: 'الصورة أكبر من 1 ميغابايت ولا يمكن تصغيرها',
  },
  {
    photos: 'Photos ({count})',
    photosOf: 'Photos of {what}',
    some: 'Photos',
    none: 'No photos yet',
    photo: 'Photo {at}',
    takenAt: 'Attached',
    add: 'Attach a photo',
    hint: 'Five at most. A large photo is drawn smaller by itself.',
    enough: 'Five photos are attached, the most there may be',
    choosePhoto: 'Choose or take a photo of the register',
    photoChosen: 'A photo is attached',
    scanWrong: 'This file is no picture that can be read: choose a JPEG or PNG',
    scanTooLarge: 'The picture is larger than 1 MB and cannot be drawn smaller',
  },
);

import { defineTemplate } from '../templates/define-template';
import { defineTopic } from '../templates/topics';
import type { PublicNotice } from './notice.entity';

export const NEWS = defineTopic({
  code: 'news',
  ar: 'إعلانات البلدية',
  en: 'Notices of the municipality',
  mandatory: false,
});

const TEXTS = {
  ar: { subject: '{{titleAr}}', body: '{{textAr}}' },
  en: { subject: '{{titleEn}}', body: '{{textEn}}' },
};

/** Whatever the notice says, in the language of whoever reads it. */
export const NOTICE = defineTemplate({
  code: 'notifications.notice',
  topic: NEWS,
  lane: 'BULK',
  placeholders: { titleAr: 'text', titleEn: 'text', textAr: 'text', textEn: 'text' },
  texts: {
    SMS: { ar: '{{textAr}}', en: '{{textEn}}' },
    EMAIL: TEXTS,
    INAPP: TEXTS,
    PUSH: TEXTS,
  },
});

/** Arabic stands in where nothing was written in English. */
export const noticeValues = ({ titleAr, titleEn, textAr, textEn }: PublicNotice) => ({
  titleAr,
  titleEn: titleEn ?? titleAr,
  textAr,
  textEn: textEn ?? textAr,
});

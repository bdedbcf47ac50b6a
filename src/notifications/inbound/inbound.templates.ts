import { defineTemplate } from '../templates/define-template';
import { defineTopic } from '../templates/topics';

/** Somebody asked: they get the answer whatever they prefer. */
const ANSWERS = defineTopic({
  code: 'answers',
  ar: 'الرد على رسائلك',
  en: 'Answers to your messages',
  mandatory: true,
});

export const STOPPED = defineTemplate({
  code: 'notifications.stopped',
  topic: ANSWERS,
  lane: 'TRANSACTIONAL',
  placeholders: {},
  texts: {
    SMS: {
      ar: '{{municipality}}: أوقفنا الرسائل إلى هذا الرقم، عدا ما يوجبه القانون. لإعادتها أرسل تفعيل',
      en: '{{municipality}}: messages to this number are stopped, but for what the law requires. Send START to get them again',
    },
  },
});

export const STARTED = defineTemplate({
  code: 'notifications.started',
  topic: ANSWERS,
  lane: 'TRANSACTIONAL',
  placeholders: {},
  texts: {
    SMS: {
      ar: '{{municipality}}: عادت الرسائل إلى هذا الرقم. لإيقافها أرسل إلغاء',
      en: '{{municipality}}: this number gets messages again. Send STOP to end them',
    },
  },
});

export const BALANCE = defineTemplate({
  code: 'notifications.balance',
  topic: ANSWERS,
  lane: 'TRANSACTIONAL',
  placeholders: { record: 'text', sums: 'text', on: 'date' },
  texts: {
    SMS: {
      ar: '{{municipality}}: السجل {{record}}، المستحق حتى {{on}}: {{sums}}',
      en: '{{municipality}}: record {{record}}, due as of {{on}}: {{sums}}',
    },
  },
});

export const NO_ANSWER = defineTemplate({
  code: 'notifications.no-balance',
  topic: ANSWERS,
  lane: 'TRANSACTIONAL',
  placeholders: {},
  texts: {
    SMS: {
      ar: '{{municipality}}: لا نستطيع الإجابة إلى هذا الرقم. راجع مركز الخدمات ومعك هويتك',
      en: '{{municipality}}: we cannot answer to this number. Please visit the service centre with your ID',
    },
  },
});

import type { Config } from '@libs/config';
import { html, publicPage, type Verdict } from '../../documents';
import type { Channel } from '../templates/template.entity';
import type { Subscription } from './unsubscribing';

const CHANNEL_NAMES: Record<Channel, { ar: string; en: string }> = {
  SMS: { ar: 'الرسائل القصيرة', en: 'text message' },
  EMAIL: { ar: 'البريد الإلكتروني', en: 'e-mail' },
  INAPP: { ar: 'صندوق الوارد', en: 'the inbox' },
  PUSH: { ar: 'الإشعارات', en: 'notification' },
  PRINT: { ar: 'البريد', en: 'letter' },
};

const UNKNOWN: Verdict = {
  tone: 'bad',
  sign: '✕',
  ar: 'رابط غير صحيح',
  en: 'No such link',
  moreAr: 'تحقق من الرابط كما وصلك.',
  moreEn: 'Check the link as you were given it.',
};

function verdictOf({ message, topic, wanted }: Subscription): Verdict {
  const by = CHANNEL_NAMES[message.channel];
  if (topic.mandatory) {
    return {
      ...{ tone: 'note', sign: '!', ar: 'لا يمكن إيقاف هذه الرسائل', en: 'These messages cannot be stopped' },
      moreAr: `«${topic.ar}» رسائل يوجبها القانون أو أمان حسابك.`,
      moreEn: `“${topic.en}” is what the law or the safety of your account asks for.`,
    };
  }
  if (wanted) {
    return {
      ...{ tone: 'note', sign: '?', ar: 'إيقاف الرسائل', en: 'Stop messages' },
      moreAr: `هل تريد إيقاف «${topic.ar}» عبر ${by.ar}؟`,
      moreEn: `Stop “${topic.en}” by ${by.en}?`,
    };
  }
  return {
    ...{ tone: 'good', sign: '✓', ar: 'أوقفت الرسائل', en: 'Stopped' },
    moreAr: `لن تصلك «${topic.ar}» عبر ${by.ar}.`,
    moreEn: `You get no more of “${topic.en}” by ${by.en}.`,
  };
}

/** One button; nothing changes before it is pressed, so that a program that looks at links stops nothing. */
export function unsubscribePage(subscription: Subscription, config: Config): string {
  const { topic, wanted } = subscription;
  const button = wanted
    ? html`<button name="wanted" value="false">أوقف هذه الرسائل <span lang="en">Stop them</span></button>`
    : html`<button class="plain" name="wanted" value="true">أعدها <span lang="en">Send them again</span></button>`;
  const form = topic.mandatory ? html`` : html`<form method="post">${button}</form>`;
  return publicPage(config, verdictOf(subscription), form);
}

export const unknownUnsubscribePage = (config: Config): string => publicPage(config, UNKNOWN, html``);

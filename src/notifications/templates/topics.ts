/** What messages are about: what a citizen may turn on and off. */
export interface Topic {
  /** At most 40 characters. */
  code: string;
  ar: string;
  en: string;
  /** Sent whatever the citizen prefers: what the law or the safety of the account asks for. */
  mandatory: boolean;
}

const topics = new Map<string, Topic>();

/** Declares a topic. @throws {Error} for a code that is taken */
export function defineTopic(topic: Topic): Topic {
  if (topics.has(topic.code)) throw new Error(`topic ${topic.code} is defined twice`);
  topics.set(topic.code, topic);
  return topic;
}

export const allTopics = (): ReadonlyMap<string, Topic> => topics;

export const ACCOUNT = defineTopic({
  code: 'account',
  ar: 'رموز الدخول وأمان الحساب',
  en: 'Codes and security of the account',
  mandatory: true,
});
export const GENERAL = defineTopic({ code: 'general', ar: 'رسائل عامة', en: 'General messages', mandatory: false });

import { defineTopic } from '../../notifications';

export const BILLS = defineTopic({ code: 'bills', ar: 'الفواتير', en: 'Bills', mandatory: false });

/** What the law has somebody told of; the text message comes beside its service, never in its place. */
export const LEGAL = defineTopic({ code: 'legal', ar: 'الإخطارات القانونية', en: 'Legal notices', mandatory: true });

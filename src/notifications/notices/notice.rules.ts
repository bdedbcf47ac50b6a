import { stripBidiControls } from '@libs/arabic';
import type { NoticeCount, NoticeState } from './notice.entity';

export type NoticeAct = 'CHANGE' | 'COUNT' | 'SUBMIT' | 'RETURN' | 'APPROVE' | 'BEGIN' | 'FINISH' | 'RECALL';

const STEPS: Record<NoticeAct, { from: readonly NoticeState[]; to?: NoticeState }> = {
  CHANGE: { from: ['DRAFT'] },
  COUNT: { from: ['DRAFT', 'SUBMITTED'] },
  SUBMIT: { from: ['DRAFT'], to: 'SUBMITTED' },
  RETURN: { from: ['SUBMITTED'], to: 'DRAFT' },
  APPROVE: { from: ['SUBMITTED'], to: 'APPROVED' },
  BEGIN: { from: ['APPROVED'], to: 'SENDING' },
  FINISH: { from: ['SENDING'], to: 'SENT' },
  RECALL: { from: ['SUBMITTED', 'APPROVED', 'SENDING', 'SENT'], to: 'RECALLED' },
};

/** @returns the state after the act; null where it is not allowed */
export const after = (act: NoticeAct, state: NoticeState): NoticeState | null => {
  const { from, to } = STEPS[act];
  return from.includes(state) ? (to ?? state) : null;
};

/** Agorot. */
export const costOf = ({ channels }: Pick<NoticeCount, 'channels'>): number =>
  Object.values(channels).reduce((sum, { cost }) => sum + cost, 0);

/** What is approved is what is sent: signs that turn the words around leave before anybody reads them. */
export const readableText = (words: string): string => stripBidiControls(words).trim();

/** One line: it is the subject of a mail. */
export const readableTitle = (words: string): string => readableText(words).replace(/\s+/g, ' ');

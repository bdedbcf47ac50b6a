import { normalizeText } from '@libs/arabic';
import { parsePhone } from '@libs/phone';

export const COMMANDS = ['STOP', 'START', 'STATUS', 'NONE'] as const;
export type Command = (typeof COMMANDS)[number];

/** What people write, in the one form in which text is compared. */
const WORDS: Record<Exclude<Command, 'NONE'>, readonly string[]> = {
  STOP: ['stop', 'unsubscribe', 'إلغاء', 'إلغاء الاشتراك', 'ايقاف', 'توقف', 'قف'],
  START: ['start', 'subscribe', 'تفعيل', 'اشتراك'],
  STATUS: ['balance', 'bill', 'رصيد', 'رصيدي', 'فاتورة', 'فاتورتي'],
};
const COMMAND_OF = new Map(
  Object.entries(WORDS).flatMap(([command, words]) =>
    words.map((word) => [normalizeText(word), command as Command] as const),
  ),
);

/** A command stands alone: a sentence in which its word occurs is for a person to read. */
export const commandOf = (text: string): Command => COMMAND_OF.get(normalizeText(text)) ?? 'NONE';

/** Who is written back to: a mobile that is none of our own numbers, so that two machines never talk to each other. */
export function isAnswerable(sender: string, ownNumbers: readonly string[]): boolean {
  const { kind, e164 } = parsePhone(sender);
  return kind === 'mobile' && !ownNumbers.some((own) => parsePhone(own).e164 === e164);
}

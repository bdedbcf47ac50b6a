import { NameRanker } from '@libs/name-matching';
import type { AskedName } from './name-facts';
import type { RankedRow } from './name-search';
import { bestOf } from './row-ties';

/** Places of a question's words, in the order in which names are said: given name first, family last. */
export type NameOrder = readonly number[];

const FEWEST_NAMES = 3;

/**
 * The order in which a question of three words and more was typed: as names are said, backwards, or family first. The rows
 * that answer best know; where they do not agree, or say nothing of it, what its words usually are decides.
 * @param answers rows that the name leads to, best first
 */
export function orderOf(name: AskedName, answers: readonly RankedRow[]): NameOrder {
  const typed = name.tokens.map((_, at) => at);
  if (typed.length < FEWEST_NAMES) return typed;
  const orders = { typed, backwards: typed.toReversed(), familyFirst: [...typed.slice(1), 0] };
  const bearers = bestOf(answers).filter(({ isSecondParty, party }) => !isSecondParty && party.length >= FEWEST_NAMES);
  const votes = Object.values(orders)
    .map((order) => ({ order, votes: bearers.filter(({ party }) => standsIn(name, order, party)).length }))
    .sort((a, b) => b.votes - a.votes);
  if (votes[0]!.votes > votes[1]!.votes) return votes[0]!.order;
  return orders[new NameRanker(name.tokens, [], name.facts).order];
}

/** Whether the words of a row are those asked for, from the given name on; some may be left out. */
function standsIn(name: AskedName, order: NameOrder, party: readonly string[]): boolean {
  if (!isWritten(name, order[0]!, party[0]!)) return false;
  let at = 0;
  for (const from of order) if (at < party.length && isWritten(name, from, party[at]!)) at++;
  return at === party.length;
}

/** Whether a word of a row may be the word asked for at that place. */
export function isWritten({ asked, facts }: AskedName, at: number, token: string): boolean {
  const { meant, near } = asked[at]!;
  const root = facts.token(token)?.root;
  return [...meant, ...near].some((each) => each === token || each === root);
}

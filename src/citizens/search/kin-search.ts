import { Injectable } from '@nestjs/common';
import { NameRanker } from '@libs/name-matching';
import { NameCandidates } from './name-candidates';
import type { AskedName } from './name-facts';
import { readName } from './name-keys';
import { isWritten, type NameOrder } from './name-order';
import type { RankedRow } from './name-search';
import { RegisterRows, validIdOf, type RegisterRow } from './register-rows';
import { bestOf, cardOf } from './row-ties';

/** A row of another given name that agrees in all else it says. */
export interface KinRow {
  row: RegisterRow;
  /** The name by which it is one: its own, or the one approved in the record that holds it. */
  tokens: string[];
  approved: boolean;
  /** The name asked for, given name first. */
  asked: readonly string[];
  /** The grandfather asked for stands in it too. */
  whole: boolean;
}

const FEWEST_NAMES = 3;
const MOST_ROWS = 240;
/** Less than any two rows have that may be one person. */
const NOTHING_TIES = -500;

/**
 * Rows that bear another given name and else the name asked for: brothers and sisters, and rows whose given name was written
 * wrongly, such as a nickname or a relative's. Nothing in a name tells the two apart, so they are no answers; a clerk who
 * misses a row may look among them. Joint rows and firms are none.
 */
@Injectable()
export class KinSearch {
  constructor(
    private readonly register: RegisterRows,
    private readonly candidates: NameCandidates,
  ) {}

  /**
   * Those who agree in father, grandfather and family first, then those who leave out the grandfather; each by what ties
   * them to the rows that bear the name: phone, address, document. Where a row of the whole name has a valid ID, those of
   * another one are left out: brothers and sisters for certain. None for fewer than three names.
   * @param order of the name's words
   * @param answers rows that the name itself leads to, best first
   * @param most that are wanted
   */
  async find(name: AskedName, order: NameOrder, answers: readonly RankedRow[], most: number): Promise<KinRow[]> {
    if (name.tokens.length < FEWEST_NAMES) return [];
    const asked = order.map((at) => name.tokens[at]!);
    const bearers = bestOf(answers);
    const wholeNames = bearers.filter(({ party, isSecondParty }) => !isSecondParty && bearsAllOf(name, party));
    const validIds = new Set(wholeNames.flatMap(({ row }) => validIdOf(row) ?? []));
    const known = new Set(answers.map(({ row }) => row.id));

    const kin: KinRow[] = [];
    let whole = true;
    for await (const forms of this.candidates.kinOf(order.map((at) => name.asked[at]!))) {
      await name.load(forms.flatMap(({ tokens }) => tokens));
      const others = forms.filter(({ tokens }) => tokens[0] !== asked[0]);
      const names = new Set(others.map(({ tokens }) => tokens.join(' ')));
      const ids = others.map(({ id }) => id);
      const rows = (await this.candidates.rowsOf(ids, MOST_ROWS)).filter((id) => !known.has(id));
      rows.forEach((id) => known.add(id));
      const persons = (await this.register.read(rows)).flatMap((row): KinRow[] => {
        const { parties, joint, firm } = readName(row.rawName);
        const id = validIdOf(row);
        const isAnother = id !== null && validIds.size > 0 && !validIds.has(id);
        if (joint || firm || isAnother) return [];
        const [own, other] = [parties[0] ?? [], row.holder?.name ?? []];
        const approved = other.length > 0 && !names.has(own.join(' '));
        return [{ row, tokens: approved ? other : own, approved, asked, whole }];
      });
      kin.push(...nearest(name, bearers, persons));
      if (kin.length >= most) break;
      whole = false;
    }
    return kin.slice(0, most);
  }
}

const bearsAllOf = (name: AskedName, party: readonly string[]): boolean =>
  name.asked.every((_, at) => party.some((token) => isWritten(name, at, token)));

/** Those who may be one of the bearers first. */
function nearest({ tokens, facts }: AskedName, bearers: readonly RankedRow[], kin: readonly KinRow[]): KinRow[] {
  const cards = [
    ...bearers.map(({ row, party, isSecondParty }) => cardOf({ row, tokens: party, at: Number(isSecondParty) })),
    ...kin.map(({ row, tokens }) => cardOf({ row, tokens, at: 0 })),
  ];
  const ranker = new NameRanker(tokens, cards, facts);
  const bits = kin.map((_, i) => bearers.map((_, bearer) => ranker.between(bearer, bearers.length + i)));
  const best = new Map(kin.map(({ row }, i) => [row.id, Math.max(NOTHING_TIES, ...bits[i]!)]));
  return kin.toSorted((a, b) => best.get(b.row.id)! - best.get(a.row.id)! || a.row.id - b.row.id);
}

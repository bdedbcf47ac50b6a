import { ID_NONE, type ReadDocument } from '../batch/documents';
import { sharedFloats, sharedInts } from '../batch/growing';
import { Reader } from '../batch/name-reader';
import { type Columns } from '../batch/register';
import { type Readings, readParties } from '../batch/roles';
import { pairScorer, type PairScorer, type ScoringData } from '../batch/scorer';
import { buildVocabulary, Interner } from '../batch/vocabulary';
import { weighTokens } from '../batch/weights';

/** What the register knows of a token. */
export interface TokenFacts {
  /** The frequent token it was probably meant to be; itself when none. */
  root: string;
  /** Names that bear it as given name, as a middle name, as family. */
  given: number;
  middle: number;
  family: number;
}

export interface RegisterFacts {
  /** Undefined for a token that hardly anybody bears. */
  token(text: string): TokenFacts | undefined;
  /** Tokens of all names by role: given, middle, family. */
  totals: readonly [number, number, number];
  /** Different tokens. */
  vocabulary: number;
}

/** A name with what stands beside it in its row. */
export interface Card {
  tokens: readonly string[];
  document?: ReadDocument;
  /** Any text that is the same for the same phone. */
  phone?: string | null;
  /** Folded. */
  address?: string | null;
}

/** Rows that a person has beside the one looked at, before anything is known. */
const MATES = 0.9;
const PHONE_AGREES = 0.9;
const PHONE_BEARERS = 3;
const ADDRESS_AGREES = 0.88;
const LEAST_ADDRESS_SHARE = 1 / 300;
/** Questions typed from the family backwards. */
const REVERSED = Math.log2(0.04);
/** Names of three parts that leave out the father: زهير سليمان الشكعة for زهير طارق سليمان الشكعة. */
const FATHER_LEFT_OUT = Math.log2(0.04);
/** A part that one of the two names lacks: less than any evidence, enough to put the fuller agreement first. */
const MISSING = 0.05;
const BLANK: ReadDocument = { kind: ID_NONE, id: 0, key: '' };

/**
 * Ranks a few hundred names for a question by the scoring of the batch: bits are log2 of the odds that the card is the
 * person asked for, in a register whose tokens are as frequent as `facts` say.
 */
export class NameRanker {
  private readonly scorer: PairScorer;
  private readonly orders: [party: number, bits: number][] = [];
  private readonly first: number;
  /** How the question was most likely typed: as names are said, from the family back to the given name, or the family first. */
  readonly order: 'typed' | 'backwards' | 'familyFirst';
  /** Bits of a card that bears exactly the name asked for. */
  readonly most: number;
  /** Bits of a card about which nothing is known. */
  readonly least: number;

  constructor(
    private readonly question: readonly string[],
    private readonly cards: readonly Card[],
    facts: RegisterFacts,
  ) {
    const backwards = [...question].reverse();
    const orders = question.length > 2 ? [question, backwards] : [question];
    const asked = orders.map((tokens) => ({ tokens }));
    this.first = asked.length + 1;
    const data = scoringData([...asked, { tokens: question }, ...cards], facts);
    this.scorer = pairScorer(data);
    this.least = data.evidence.prior;
    this.order = this.weighOrders(data, orders.length);
    this.most = this.bitsOf(asked.length, question.length);
  }

  /** The odds that card `i` is the person asked for, by its name. */
  bits(i: number): number {
    return this.bitsOf(this.first + i, this.cards[i]!.tokens.length);
  }

  /** Of the card asked about last: what speaks against it, in bits, 0 or less. */
  get against(): number {
    return this.worst;
  }
  private worst = 0;

  /** The odds that two cards are one person, by all that stands on them. */
  between(i: number, j: number): number {
    return this.scorer.score(this.first + i, this.first + j);
  }

  private bitsOf(party: number, length: number): number {
    let best = -Infinity;
    for (const [order, weight] of this.orders) {
      // Kin of the one asked for are ranked by their given name, which speaks against them, not by their house.
      this.scorer.score(order, party);
      const bits = this.scorer.overStranger() + weight;
      if (bits <= best) continue;
      best = bits;
      this.worst = this.scorer.against();
    }
    return best - MISSING * Math.abs(this.question.length - length);
  }

  /** The question may be read as typed or backwards; what its tokens usually are tells how likely each is. @returns the likeliest */
  private weighOrders({ columns, shares }: LocalData, count: number): NameRanker['order'] {
    const reader = new Reader(...shares, columns.roots);
    let familyFirst = false;
    const likelihoods = Array.from({ length: count }, (_, party) => {
      const from = columns.tokenStart[party]!;
      reader.read(columns.tokens, from, columns.tokenStart[party + 1]! - from, false);
      if (party === 0) familyFirst = reader.slots[4 * reader.order[0]!] !== columns.tokens[from];
      return reader.total + (party === 0 ? 0 : REVERSED);
    });
    const best = Math.max(...likelihoods);
    const sum = likelihoods.reduce((total, bits) => total + 2 ** (bits - best), 0);
    for (const [party, bits] of likelihoods.entries()) {
      const weight = bits - best - Math.log2(sum);
      if (weight > -10) this.orders.push([party, weight]);
    }
    if (likelihoods.indexOf(best) > 0) return 'backwards';
    return familyFirst && count > 1 ? 'familyFirst' : 'typed';
  }
}

type Shares = readonly [Float64Array, Float64Array, Float64Array];
interface LocalData extends ScoringData {
  columns: Columns;
  shares: Shares;
}

/** The cards as a register of their own, in which tokens weigh what they weigh in the whole one. */
function scoringData(cards: readonly Card[], facts: RegisterFacts): LocalData {
  const tokens = new Interner();
  const documents = new Interner();
  const phones = new Interner();
  const addresses = new Interner();
  const parties = cards.length;
  const blank = () => sharedInts(parties).fill(-1);
  const [idKind, id, phone, address] = [sharedInts(parties), sharedInts(parties), blank(), blank()];
  const tokenStart = sharedInts(parties + 1);
  const all: number[] = [];
  for (const [party, card] of cards.entries()) {
    for (const token of card.tokens) all.push(tokens.idOf(token));
    tokenStart[party + 1] = all.length;
    const { document = BLANK } = card;
    idKind[party] = document.kind;
    id[party] = document.key === '' ? document.id : documents.idOf(document.key);
    if (card.phone) phone[party] = phones.idOf(card.phone);
    if (card.address) address[party] = addresses.idOf(card.address);
  }

  const written = tokens.texts.length;
  const roots = Array.from({ length: written }, (_, t) => {
    const root = facts.token(tokens.texts[t]!)?.root;
    return root === undefined ? t : tokens.idOf(root);
  });
  const size = tokens.texts.length;
  while (roots.length < size) roots.push(roots.length);
  const counts: Readings['counts'] = [sharedInts(size), sharedInts(size), sharedInts(size)];
  for (let t = 0; t < size; t++) {
    const known = facts.token(tokens.texts[t]!);
    counts[0][t] = known?.given ?? 0;
    counts[1][t] = known?.middle ?? 0;
    counts[2][t] = known?.family ?? 0;
  }
  const columns: Columns = {
    rows: parties,
    parties,
    rowOf: sharedInts(0),
    flags: sharedInts(parties),
    tokenStart,
    tokens: sharedInts(all.length, all),
    idKind,
    id,
    phone,
    address,
    addresses: addresses.texts.length,
    vocabulary: buildVocabulary(tokens.texts, new Int32Array(size)),
    roots: sharedInts(size, roots),
  };
  const totals: Readings['totals'] = [...facts.totals];
  const shares = counts.map((list, kind) =>
    Float64Array.from(list, (n) => Math.log2((n + 0.3) / (totals[kind]! + 0.3 * facts.vocabulary))),
  ) as unknown as Shares;
  const { start, collected } = readParties(columns, new Reader(...shares, columns.roots, FATHER_LEFT_OUT));
  const readings = { start, slots: collected.slots, bits: collected.bits, counts, totals };
  return {
    columns,
    readings,
    weights: weighTokens(columns, readings),
    evidence: evidenceOf(columns, totals[0]),
    shares,
  };
}

function evidenceOf({ parties, address, addresses }: Columns, names: number): ScoringData['evidence'] {
  const inhabitants = new Float64Array(addresses);
  let addressed = 0;
  for (let party = 0; party < parties; party++) {
    if (address[party]! < 0) continue;
    inhabitants[address[party]!]!++;
    addressed++;
  }
  const sameAddress = sharedFloats(addresses);
  inhabitants.forEach((n, i) => {
    sameAddress[i] = Math.log2(ADDRESS_AGREES / Math.max(n / addressed, LEAST_ADDRESS_SHARE));
  });
  const samePhone = Math.log2((PHONE_AGREES * Math.max(names, 100)) / PHONE_BEARERS);
  return {
    prior: Math.log2(MATES / Math.max(names, 2)),
    samePhone: sharedFloats(parties).fill(samePhone),
    otherPhone: Math.log2(1 - PHONE_AGREES),
    sameAddress,
    otherAddress: Math.log2((1 - ADDRESS_AGREES) / (1 - 1 / Math.max(addresses, 2))),
  };
}

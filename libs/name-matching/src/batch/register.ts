import { normalizeText } from '@libs/arabic';
import { gluedAnd, splitName } from '../tokens';
import { Growing, sharedInts } from './growing';
import { ID_NONE, ID_OTHER, readDocument } from './documents';
import { phoneNumber } from './numbers';
import { buildVocabulary, Interner, rootsOf, type Vocabulary } from './vocabulary';

/** A row of the register as the old systems wrote it; all texts raw. */
export interface RegisterRow {
  name: string;
  docType?: string | null;
  docNo?: string | null;
  phone?: string | null;
  address?: string | null;
}

export const FIRM = 1;
/** The row names several parties: related to each, the same as none. */
export const JOINT = 2;
export const HEIRS = 4;
/** A further party of a joint row, known by name alone. */
export const OTHER_PARTY = 8;

/** The register in columns. A party is a row (party p < rows is row p) or a further party that a joint row names. */
export interface Columns {
  rows: number;
  parties: number;
  /** Row of each party. */
  rowOf: Int32Array;
  flags: Int32Array;
  /** Tokens of party p: tokens[tokenStart[p] .. tokenStart[p+1]). */
  tokenStart: Int32Array;
  tokens: Int32Array;
  idKind: Int32Array;
  /** The nine digits, or for ID_OTHER the index of an interned document. */
  id: Int32Array;
  /** National digits, or -1. */
  phone: Int32Array;
  /** Index of the folded address, or -1. */
  address: Int32Array;
  addresses: number;
  vocabulary: Vocabulary;
  roots: Int32Array;
}

const SHORTEST_SPLIT = 5;
const OUTNUMBERED = 8;
const OFTEN = 12;
const FAR_OUTNUMBERED = 200;
/** Tokens that one person's name has at most. */
const LONGEST_NAME = 4;

/** Takes in rows one by one and keeps them in columns. */
export class Register {
  private readonly interner = new Interner();
  private readonly documents = new Interner();
  private readonly places = new Interner();
  private readonly flags = new Growing();
  private readonly starts = new Growing();
  private readonly tokens = new Growing();
  private readonly idKind = new Growing();
  private readonly id = new Growing();
  private readonly phone = new Growing();
  private readonly address = new Growing();
  private readonly others: { row: number; tokens: number[] }[] = [];
  private readonly addressOf = new Map<string, number>();

  get rows(): number {
    return this.flags.length;
  }

  add({ name, docType, docNo, phone, address }: RegisterRow): void {
    const { tokens, kind, heirs, joint } = splitName(name);
    const row = this.rows;
    this.flags.push((kind === 'firm' ? FIRM : 0) | (heirs ? HEIRS : 0) | (joint ? JOINT : 0));
    this.starts.push(this.tokens.length);
    for (const token of tokens) {
      this.tokens.push(this.interner.idOf(token));
      const rest = gluedAnd(token);
      if (rest !== null) this.interner.idOf(rest);
    }
    if (joint && joint.other.length > 0) {
      this.others.push({ row, tokens: joint.other.map((token) => this.interner.idOf(token)) });
    }
    this.addDocument(docType, docNo);
    this.phone.push(phone ? phoneNumber(phone) : -1);
    this.address.push(address ? this.placeOf(address) : -1);
  }

  private addDocument(docType: string | null | undefined, docNo: string | null | undefined): void {
    const { kind, id, key } = readDocument(docType, docNo);
    this.idKind.push(kind);
    this.id.push(kind === ID_OTHER ? this.documents.idOf(key) : id);
  }

  private placeOf(raw: string): number {
    let place = this.addressOf.get(raw);
    if (place === undefined) {
      const text = normalizeText(raw);
      place = text === '' ? -1 : this.places.idOf(text);
      this.addressOf.set(raw, place);
    }
    return place;
  }

  /** Ends the reading: the columns, with what only the whole register tells about its tokens. */
  columns(): Columns {
    const counts = new Int32Array(this.interner.texts.length);
    for (let i = 0; i < this.tokens.length; i++) counts[this.tokens.at(i)]!++;
    for (const { tokens } of this.others) for (const token of tokens) counts[token]!++;
    const vocabulary = buildVocabulary(this.interner.texts, counts);
    const roots = rootsOf(vocabulary);

    const rows = this.rows;
    const flags = new Growing();
    const starts = new Growing();
    const tokens = new Growing();
    for (let row = 0; row < rows; row++) {
      const end = row + 1 < rows ? this.starts.at(row + 1) : this.tokens.length;
      const own: number[] = [];
      for (let i = this.starts.at(row); i < end; i++) own.push(this.tokens.at(i));
      starts.push(tokens.length);
      let flag = this.flags.at(row);
      if (own.length > 1 && !(flag & FIRM)) {
        this.rejoin(own, counts);
        if (!(flag & JOINT) && this.unglue(row, own, counts, roots)) flag |= JOINT;
      }
      flags.push(flag);
      for (const token of own) tokens.push(token);
    }
    const parties = rows + this.others.length;
    const rowOf = sharedInts(parties);
    for (let row = 0; row < rows; row++) rowOf[row] = row;
    this.others.forEach((other, i) => {
      rowOf[rows + i] = other.row;
      starts.push(tokens.length);
      flags.push(OTHER_PARTY);
      this.rejoin(other.tokens, counts);
      for (const token of other.tokens) tokens.push(token);
    });
    starts.push(tokens.length);
    return {
      rows,
      parties,
      rowOf,
      flags: flags.shared(),
      tokenStart: starts.shared(),
      tokens: tokens.shared(),
      idKind: withBlanks(this.idKind, parties, ID_NONE),
      id: withBlanks(this.id, parties, 0),
      phone: withBlanks(this.phone, parties, -1),
      address: withBlanks(this.address, parties, -1),
      addresses: this.places.texts.length,
      vocabulary,
      roots,
    };
  }

  text(token: number): string {
    return this.interner.texts[token]!;
  }

  /** A name split by a stray space (عب دالرضا) is put together where the whole is a name of the register. */
  private rejoin(own: number[], counts: Int32Array): void {
    for (let i = 0; i + 1 < own.length; i++) {
      const least = OUTNUMBERED * Math.max(counts[own[i]!]!, counts[own[i + 1]!]!);
      const text = this.text(own[i]!) + this.text(own[i + 1]!);
      const whole = text.length >= SHORTEST_SPLIT && text.length < 20 ? this.interner.find(text) : undefined;
      if (whole !== undefined && counts[whole]! >= least) own.splice(i, 2, whole);
    }
  }

  /** و glued to a misspelt name (وممحد): a further party where the rest is meant as a
   * frequent name, or the name is too long for one person, and the whole is no name. */
  private unglue(row: number, own: number[], counts: Int32Array, roots: Int32Array): boolean {
    for (let i = 2; i + 1 < own.length; i++) {
      const token = own[i]!;
      const rest = gluedAnd(this.text(token));
      const name = rest === null ? undefined : this.interner.find(rest);
      if (name === undefined || (roots[token] !== token && roots[token] !== roots[name])) continue;
      const meant = counts[roots[name]!]!;
      const rare = counts[token]! <= 2 || counts[token]! * FAR_OUTNUMBERED <= meant;
      if (!rare || (meant < OFTEN && own.length <= LONGEST_NAME)) continue;
      this.others.push({ row, tokens: [name, ...own.slice(i + 1)] });
      own.length = i;
      return true;
    }
    return false;
  }
}

function withBlanks(column: Growing, length: number, blank: number): Int32Array {
  const full = column.shared();
  if (full.length === length) return full;
  const longer = sharedInts(length).fill(blank);
  longer.set(full);
  return longer;
}

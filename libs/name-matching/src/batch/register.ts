import { normalizeText } from '@libs/arabic';
import { gluedAnd, splitName } from '../tokens';
import { Growing, sharedInts } from './growing';
import { ID_NONE, ID_OTHER, readDocument } from './documents';
import { phoneNumber } from './numbers';
import { buildVocabulary, Interner, rootsOf, type Vocabulary } from './vocabulary';
import { WordBreaks } from './word-breaks';

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

/** The columns that are left when the names have been read. */
export type PartyColumns = Omit<Columns, 'tokenStart' | 'tokens'>;

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
    for (const other of joint?.others ?? []) {
      this.others.push({ row, tokens: other.map((token) => this.interner.idOf(token)) });
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

  /** Ends the reading: the columns, with what only the whole register tells about its tokens. Can be called once. */
  columns(): Columns {
    const counts = new Int32Array(this.interner.texts.length);
    for (let i = 0; i < this.tokens.length; i++) counts[this.tokens.at(i)]!++;
    for (const { tokens } of this.others) for (const token of tokens) counts[token]!++;
    const vocabulary = buildVocabulary(this.interner.texts, counts);
    const roots = rootsOf(vocabulary);
    const { rows } = this;
    const names = this.mended(new WordBreaks(this.interner, counts, roots));
    const parties = rows + this.others.length;
    const rowOf = sharedInts(parties);
    for (let party = 0; party < parties; party++) rowOf[party] = party < rows ? party : this.others[party - rows]!.row;
    return {
      rows,
      parties,
      rowOf,
      ...names,
      idKind: withBlanks(this.idKind, parties, ID_NONE),
      id: withBlanks(this.id, parties, 0),
      phone: withBlanks(this.phone, parties, -1),
      address: withBlanks(this.address, parties, -1),
      addresses: this.places.texts.length,
      vocabulary,
      roots,
    };
  }

  /** The names of all parties with their words put right; finds further parties in rows not known to be joint. */
  private mended(breaks: WordBreaks): Pick<Columns, 'flags' | 'tokenStart' | 'tokens'> {
    const { rows } = this;
    const flags = new Growing();
    const starts = new Growing();
    const tokens = new Growing();
    const own: number[] = [];
    for (let row = 0; row < rows; row++) {
      const end = row + 1 < rows ? this.starts.at(row + 1) : this.tokens.length;
      own.length = 0;
      for (let i = this.starts.at(row); i < end; i++) own.push(this.tokens.at(i));
      starts.push(tokens.length);
      let flag = this.flags.at(row);
      if (own.length > 1 && !(flag & FIRM)) {
        breaks.rejoin(own);
        const further = flag & JOINT ? null : breaks.unglue(own);
        if (further) {
          this.others.push({ row, tokens: further });
          flag |= JOINT;
        }
      }
      flags.push(flag);
      for (const token of own) tokens.push(token);
    }
    for (const other of this.others) {
      starts.push(tokens.length);
      flags.push(OTHER_PARTY);
      breaks.rejoin(other.tokens);
      for (const token of other.tokens) tokens.push(token);
    }
    starts.push(tokens.length);
    for (const read of [this.flags, this.starts, this.tokens]) read.clear();
    return { flags: flags.shared(), tokenStart: starts.shared(), tokens: tokens.shared() };
  }
}

/** The column with `blank` for the further parties, as its own memory. */
function withBlanks(column: Growing, length: number, blank: number): Int32Array {
  const full = sharedInts(length).fill(blank, column.length);
  full.set(column.filled());
  column.clear();
  return full;
}

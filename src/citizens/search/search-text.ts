import { foldDigits, stripBidiControls } from '@libs/arabic';
import { documentKey, parseNationalId } from '@libs/national-id';
import { parsePhone } from '@libs/phone';
import { partiesOf } from './name-keys';

const MOST_NUMBERS = 8;
const LONGEST_NUMBER = 40;
/** A longer question is no name; its rest is left aside. */
export const MOST_NAME_KEYS = 10;
const NUMBER = /^(?=.*\d)[\dA-Za-z+\-./()]+$/;
const SHORTEST_SURE_NUMBER = 5;
const ID_STARTS = /^[489]/;

/** A number as what it may be in the mirror. */
interface AskedNumber {
  /** CIT_NO or service number. */
  key?: string;
  /** Keys of documents. */
  documents: string[];
  /** E.164. */
  phone?: string;
}

/** What is sought. */
export interface Question {
  numbers: AskedNumber[];
  /** National IDs that pass their check: rows with another one are other people. */
  ids: Set<string>;
  /** Tokens of the name, in the order typed. */
  name: string[];
}

/**
 * Parts a search text into numbers (ID of 8 or 9 digits, other document, phone, service, CIT_NO) and a name; both may
 * stand in it, in any order, with Arabic-Indic digits and separators inside the numbers.
 */
export function parseSearch(text: string): Question {
  const words = foldDigits(stripBidiControls(text.normalize('NFKC'))).split(/\s+/);
  const runs: string[][] = [[]];
  const name: string[] = [];
  for (const word of words) {
    const isNumber = NUMBER.test(word);
    if (isNumber) runs[runs.length - 1]!.push(word);
    else runs.push([]);
    if (!isNumber || word.length < SHORTEST_SURE_NUMBER) name.push(word);
  }
  // 4 3949004 6 and +970 59 123 4567 are one number; two numbers side by side are two.
  const texts = new Set(runs.flatMap((run) => (run.length > 1 ? [...run, run.join('')] : run)));
  const numbers = [...texts].filter((each) => each.length <= LONGEST_NUMBER).slice(0, MOST_NUMBERS);
  return {
    numbers: numbers.map((each) => ({ key: each, documents: documentsOf(each), phone: parsePhone(each).e164 })),
    ids: new Set(numbers.flatMap(validIdOf)),
    name: partiesOf(name.join(' ')).flat().slice(0, MOST_NAME_KEYS),
  };
}

function documentsOf(number: string): string[] {
  const keys = ['هوية', 'جواز سفر', 'سجل تجاري', ''].map((type) => documentKey(type, number));
  return [...new Set(keys.filter((key) => key !== null))];
}

/** Eight digits may be many things; they are taken as an ID without its check digit only where IDs begin so. */
function validIdOf(number: string): string[] {
  const { kind, id } = parseNationalId(number);
  return id && (kind === 'valid' || ID_STARTS.test(id)) ? [id] : [];
}

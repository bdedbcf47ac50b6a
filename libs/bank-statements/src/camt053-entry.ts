import type { Currency, Money } from '@libs/money';
import { isCurrency, signed } from './amounts';
import type { CamtValues } from './camt053-values';
import type { Place } from './faults';
import type { BankEntry, UnbookedEntry, UnbookedStatus } from './statement';
import type { XmlNode } from './xml';

const STATUSES = ['BOOK', 'PDNG', 'INFO', 'FUTR'] as const;
const MESSAGE = 'BkToCstmrStmt/';
const NOT_PROVIDED = 'NOTPROVIDED';

export interface ReadEntry {
  /** Not the element itself, which would stay in memory. */
  place: Place;
  currency: Currency;
  /** One of the two is empty. */
  booked: BankEntry[];
  unbooked: UnbookedEntry[];
}

/** What an entry is apart from its transactions. */
interface Whole {
  node: XmlNode;
  money: Money;
  sign: 1 | -1;
  reversal: boolean;
  status: 'BOOK' | UnbookedStatus;
  bookedOn: string | null;
  valueOn: string | null;
}

/** Reads one `Ntry`; null when it has faults. */
export function readEntry(node: XmlNode, values: CamtValues): ReadEntry | null {
  const whole = readWhole(node, values);
  if (!whole) return null;
  const { bookedOn, valueOn, status, money } = whole;
  const place = { line: node.line, path: node.path };
  const details = node.all('NtryDtls', 'TxDtls');
  if (status !== 'BOOK') {
    const unbooked = { ...entryOf(whole, node, money, details, values), bookedOn, status };
    return { place, currency: money.currency, booked: [], unbooked: [unbooked] };
  }
  const day = bookedOn ?? valueOn;
  if (day === null) return values.faults.add('missing', node, { what: 'BookgDt' });
  const parts = details.length > 1 ? itemised(whole, details, values) : null;
  const booked = parts
    ? parts.map((part, at) => ({ ...entryOf(whole, details[at]!, part, [details[at]!], values), bookedOn: day }))
    : [{ ...entryOf(whole, node, money, details, values), bookedOn: day }];
  return { place, currency: money.currency, booked, unbooked: [] };
}

function readWhole(node: XmlNode, values: CamtValues): Whole | null {
  const money = values.signedMoney(node);
  const sign = node.value('CdtDbtInd') === 'CRDT' ? 1 : -1;
  const statusNode = values.required(node, 'Sts');
  // A code itself up to version 7, then an element that holds one.
  const status = statusNode && values.code(statusNode.first('Cd') ?? statusNode, STATUSES);
  const reversal = values.flag(node.first('RvslInd'));
  const bookedOn = values.date(node.first('BookgDt'));
  const valueOn = values.date(node.first('ValDt'));
  return money && status && { node, money, sign, reversal, status, bookedOn, valueOn };
}

/** The signed amounts of the transactions, when each tells one in the entry's currency and they sum to the entry. */
function itemised({ money, sign }: Whole, details: XmlNode[], values: CamtValues): Money[] | null {
  const parts: Money[] = [];
  for (const detail of details) {
    const told = amountsOf(detail).find((amount) => amount.attributes['Ccy'] === money.currency);
    const part = told && values.money(told);
    if (!part) return null;
    const own = detail.first('CdtDbtInd') ? values.sign(detail) : sign;
    parts.push({ minor: signed(part.minor, own ?? sign), currency: part.currency });
  }
  const sum = parts.reduce((total, { minor }) => total + BigInt(minor), 0n);
  return sum === BigInt(money.minor) ? parts : null;
}

/** Of a transaction on this account: its own amount since version 4, before that among the details of amounts. */
function amountsOf(detail: XmlNode): XmlNode[] {
  return [
    ...detail.all('Amt'),
    ...detail.all('AmtDtls', 'TxAmt', 'Amt'),
    ...detail.all('AmtDtls', 'CntrValAmt', 'Amt'),
  ];
}

function entryOf(
  whole: Whole,
  place: XmlNode,
  money: Money,
  details: XmlNode[],
  values: CamtValues,
): Omit<BankEntry, 'bookedOn'> {
  const { node, reversal, valueOn } = whole;
  const only = details.length === 1 ? details[0]! : null;
  const references = unique(details.flatMap(referencesOf));
  const forPayee = only?.all('RmtInf', 'Ustrd').map(({ folded }) => folded) ?? [];
  const notes = [...forPayee, only?.value('AddtlTxInf') ?? null, node.value('AddtlNtryInf')];
  return {
    ref: place.path.slice(place.path.indexOf(MESSAGE) + MESSAGE.length),
    line: place.line,
    valueOn,
    amount: money.minor,
    reference: details.length > 1 ? null : (references[0] ?? (unique(forPayee).join(' ') || null)),
    references,
    ...counterparty(only, money.minor < 0 !== reversal),
    description: unique(notes).join('\n') || null,
    bankReference: only?.value('Refs', 'AcctSvcrRef') ?? node.value('AcctSvcrRef') ?? node.value('NtryRef'),
    reversal,
    instructed: only && instructed(only, money.currency, values),
  };
}

function referencesOf(detail: XmlNode): (string | null)[] {
  return [
    ...detail.all('RmtInf', 'Strd', 'CdtrRefInf', 'Ref'),
    ...detail.all('RmtInf', 'Strd', 'CdtrRefInf', 'CdtrRef'),
    ...detail.all('RmtInf', 'Strd', 'RfrdDocInf', 'Nb'),
    ...detail.all('Refs', 'EndToEndId'),
    ...detail.all('Refs', 'ChqNb'),
  ].map(({ folded }) => (folded === NOT_PROVIDED ? null : folded));
}

/** The debtor of money that comes in. A reversal keeps the roles of what it takes back. */
function counterparty(
  detail: XmlNode | null,
  paidOut: boolean,
): Pick<BankEntry, 'counterparty' | 'counterpartyAccount'> {
  const parties = detail?.first('RltdPties');
  const role = paidOut ? 'Cdtr' : 'Dbtr';
  // Since version 8 a party is held one element deeper.
  const name = (party: string) => parties?.value(party, 'Nm') ?? parties?.value(party, 'Pty', 'Nm') ?? null;
  const account = parties?.first(`${role}Acct`, 'Id');
  return {
    counterparty: name(role) ?? name(`Ultmt${role}`),
    counterpartyAccount: account?.value('IBAN') ?? account?.value('Othr', 'Id') ?? null,
  };
}

function instructed(detail: XmlNode, accountCurrency: Currency, values: CamtValues): Money | null {
  const node = detail.first('AmtDtls', 'InstdAmt', 'Amt');
  const currency = node?.attributes['Ccy'] ?? '';
  if (!node || !isCurrency(currency) || currency === accountCurrency) return null;
  return values.money(node);
}

function unique(texts: (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null))];
}

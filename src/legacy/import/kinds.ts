import { createHash } from 'node:crypto';
import { parseLegacyDate, parseLegacyPeriod } from '@libs/calendar';
import { CURRENCIES, parseAmount, type Currency } from '@libs/money';
import { documentKey } from '@libs/national-id';
import { parsePhone } from '@libs/phone';
import { digitValue } from '@libs/arabic';
import type { FileName } from '../extract/format';
import {
  LegacyCitizen,
  LegacyLicence,
  LegacyMeter,
  LegacyMovement,
  LegacyParcel,
  LegacyReading,
  LegacyService,
  type MirrorRow,
} from '../mirror/mirror.entities';

/** Ids of the citizens and services that this extract has. */
export interface Known {
  citizens: ReadonlyMap<string, number>;
  services: ReadonlyMap<string, number>;
}

export type Value = string | number | null;

/** How the lines of one file become rows of one table. */
export interface Kind {
  entity: new () => MirrorRow;
  key: string;
  /** A key stands once in the file; otherwise equal keys are numbered by `occurrence`. */
  unique: boolean;
  /** Columns after the key and the occurrence. */
  properties: readonly string[];
  /** How a refused line is named. */
  name(fields: readonly string[]): string;
  /** @returns the values of `properties`, or the reason for which the line is refused */
  read(fields: readonly string[], known: Known): Value[] | string;
  keyOf(fields: readonly string[]): string;
}

export const REASONS = {
  noName: 'no name',
  numberTwice: 'number used twice: the later line',
  documentTwice: 'document number used twice: the later line',
  citizenUnknown: 'citizen unknown',
  serviceUnknown: 'service unknown',
  date: 'date impossible',
  month: 'month impossible',
  amount: 'amount not a number',
  /** Beyond the format page: what no column could hold as it is. */
  amountPrecision: 'amount finer than the minor unit or too large',
  keyLength: 'number longer than 100 characters',
} as const;

const KEY_LENGTH = 100;
const INT_MAX = 2_147_483_647;
/** A letter or a digit; tatweel is a letter to Unicode and none to a reader. */
const NAME = /[\p{L}\p{N}](?<!\u0640)/u;

const key = (field: string): string => field.trim();
const atMost = (text: string | null | undefined, length: number): string | null =>
  text === null || text === undefined || text.length > length ? null : text;

/** Identifying columns as one key: a long one by its hash, for SQL Server indexes none that is long. */
export function joinedKey(...fields: string[]): string {
  const joined = fields.map(key).join('|');
  return joined.length <= KEY_LENGTH ? joined : `#${createHash('sha256').update(joined).digest('hex')}`;
}

/** Whole number of at most 9 digits, Latin or Arabic; null for anything else. */
export function wholeNumber(text: string): number | null {
  const digits = text.trim();
  if (digits.length === 0 || digits.length > 10) return null;
  let value = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digitValue(digits.charCodeAt(at));
    if (digit < 0) return null;
    value = value * 10 + digit;
  }
  return value > INT_MAX ? null : value;
}

/** @returns minor units of the currency, or the reason for which there are none */
export function amount(text: string, currency: string): number | string {
  const known = CURRENCIES.includes(currency as Currency) ? (currency as Currency) : 'ILS';
  let parsed = parseAmount(text, known);
  if (!parsed.ok && parsed.error === 'too-many-decimals')
    parsed = parseAmount(text.trim().replace(/[.٫]?[0٠]+$/, ''), known);
  if (parsed.ok) return parsed.minor;
  return parsed.error === 'empty' || parsed.error === 'not-a-number' ? REASONS.amount : REASONS.amountPrecision;
}

const fils = (text: string): number | null => {
  const minor = amount(text, 'JOD');
  return typeof minor === 'number' ? minor : null;
};

const first = (fields: readonly string[]): string => key(fields[0]!);

const attached = (
  entity: Kind['entity'],
  keyOf: Kind['keyOf'],
  properties: string[],
  read: (fields: readonly string[]) => Value[] | string,
): Kind => ({
  entity,
  key: 'sourceKey',
  unique: false,
  properties: ['rawSrvNo', 'serviceId', ...properties],
  keyOf,
  name: first,
  read: (fields, { services }) => {
    const values = read(fields);
    return typeof values === 'string' ? values : [fields[0]!, services.get(first(fields)) ?? null, ...values];
  },
});

export const KINDS: Record<FileName, Kind> = {
  citizens: {
    entity: LegacyCitizen,
    key: 'citNo',
    unique: true,
    properties: 'rawName rawDocType rawDocNo rawPhone rawAddress rawEntryDate documentKey phoneE164 enteredOn'.split(
      ' ',
    ),
    keyOf: first,
    name: first,
    read: ([, name, docType, docNo, phone, address, entered]) => {
      if (!NAME.test(name!)) return REASONS.noName;
      const document = atMost(documentKey(docType, docNo), KEY_LENGTH);
      const e164 = parsePhone(phone).e164 ?? null;
      return [name!, docType!, docNo!, phone!, address!, entered!, document, e164, parseLegacyDate(entered!)];
    },
  },
  services: {
    entity: LegacyService,
    key: 'srvNo',
    unique: true,
    properties: 'citizenId rawType rawAddress rawStatus rawStart startedOn'.split(' '),
    keyOf: first,
    name: first,
    read: ([, type, citNo, address, status, start], { citizens }) => {
      const citizenId = citizens.get(key(citNo!));
      if (citizenId === undefined) return REASONS.citizenUnknown;
      const startedOn = parseLegacyDate(start!);
      return startedOn === null ? REASONS.date : [citizenId, type!, address!, status!, start!, startedOn];
    },
  },
  meters: attached(
    LegacyMeter,
    ([srvNo, serial]) => joinedKey(srvNo!, serial!),
    'rawSerial rawDiameter rawClass rawRoute rawSeq rawInstalled diameterMm installedOn'.split(' '),
    ([, serial, diameter, use, route, seq, installed]) => [
      ...[serial!, diameter!, use!, route!, seq!, installed!],
      wholeNumber(diameter!),
      parseLegacyDate(installed!),
    ],
  ),
  parcels: attached(
    LegacyParcel,
    ([srvNo, basin, plot]) => joinedKey(srvNo!, basin!, plot!),
    'rawBasin rawPlot rawArea rawRentalValue rawUse rawBuilt rentalValue'.split(' '),
    ([, basin, plot, area, rental, use, built]) => [basin!, plot!, area!, rental!, use!, built!, fils(rental!)],
  ),
  licences: attached(
    LegacyLicence,
    ([srvNo, trade]) => joinedKey(srvNo!, trade!),
    'rawTrade rawGrade rawFee rawExpires fee expiresOn'.split(' '),
    ([, trade, grade, fee, expires]) => [trade!, grade!, fee!, expires!, fils(fee!), parseLegacyDate(expires!)],
  ),
  readings: {
    ...attached(
      LegacyReading,
      ([srvNo, serial, period]) => joinedKey(srvNo!, serial!, period!),
      'rawSerial rawPeriod rawReading rawSource rawReader period reading'.split(' '),
      ([, serial, period, reading, source, reader]) => {
        const month = parseLegacyPeriod(period!);
        if (month === null) return REASONS.month;
        return [serial!, period!, reading!, source!, reader!, month, wholeNumber(reading!)];
      },
    ),
    name: ([srvNo, , period]) => `${key(srvNo!)} ${key(period!)}`,
  },
  movements: {
    entity: LegacyMovement,
    key: 'doc',
    unique: true,
    properties: 'serviceId rawDate datedOn kind debit credit currency'.split(' '),
    keyOf: (fields) => key(fields[6]!),
    name: (fields) => key(fields[6]!),
    read: ([srvNo, date, kind, debit, credit, cur], { services }) => {
      const serviceId = services.get(key(srvNo!));
      if (serviceId === undefined) return REASONS.serviceUnknown;
      const currency = key(cur!);
      if (currency.length > KEY_LENGTH) return REASONS.keyLength;
      const [in_, out] = [amount(debit!, currency), amount(credit!, currency)];
      if (typeof in_ === 'string') return in_;
      if (typeof out === 'string') return out;
      return [serviceId, date!, parseLegacyDate(date!), kind!, in_, out, currency];
    },
  },
};

/** Positions of debit, credit and currency in the values of a movement. */
export const MOVEMENT = { debit: 4, credit: 5, currency: 6 } as const;

/** A line read: its key and values, or why it is refused. */
export function readLine(kind: Kind, fields: readonly string[], known: Known): { key: string; read: Value[] | string } {
  const ownKey = kind.keyOf(fields);
  if (ownKey.length > KEY_LENGTH) return { key: ownKey, read: REASONS.keyLength };
  return { key: ownKey, read: kind.read(fields, known) };
}

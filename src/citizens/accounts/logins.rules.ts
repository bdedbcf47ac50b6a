import { foldDigits, stripBidiControls } from '@libs/arabic';
import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';
import { documentKey } from '@libs/national-id';
import type { OneRecord } from '../one-records/one-record.entity';

/** What a citizen logs in by: the number of the record, or that of the national ID. */
export type LoginName = { number: string } | { documentKey: string } | { unknown: string };

const RECORD_NUMBER = /^(2\d{3})[-/ ]?(\d{6})$/;
const ID_NUMBER = /^\d{8,9}$/;

/** Digits of any script, with or without the dash; an ID of eight digits is completed. */
export function loginName(typed: string): LoginName {
  const text = foldDigits(stripBidiControls(typed)).trim();
  const [, year, count] = RECORD_NUMBER.exec(text) ?? [];
  if (year) return { number: `${year}-${count}` };
  const key = ID_NUMBER.test(text) ? documentKey('national-id', text) : null;
  return key === null ? { unknown: text.toLowerCase() } : { documentKey: key };
}

/** The same for every way to type it. */
export const keyOfLogin = (name: LoginName): string => Object.entries(name)[0]!.join(':');

/** What others know of a citizen: no passphrase is built around it. */
export function personalWords(record: Pick<OneRecord, 'nameParts' | 'documentNumber' | 'phoneE164' | 'number'>) {
  const { nameParts, documentNumber, phoneE164, number } = record;
  const names = Object.values(nameParts ?? {}).flatMap((part: string) => part.split(/\s+/));
  return [...names, documentNumber ?? '', phoneE164?.replace(/^\+970/, '') ?? '', number];
}

/** On one line and in its own direction, as it stands in a list. Null when nothing is left. */
export const deviceLabel = (given: string | undefined): string | null =>
  stripBidiControls(given ?? '')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim() || null;

/** The half of an address that tells a provider: `10.1.*.*`, `2001:db8:*`. */
export function maskAddress(address: string | null): string | null {
  if (address === null || isIP(address) === 0) return null;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  const text = mapped ?? address;
  return isIP(text) === 4 ? text.replace(/\.\d+\.\d+$/, '.*.*') : `${text.split(':').slice(0, 2).join(':')}:*`;
}

/** What tries of one source are counted by: an address of IPv4, of IPv6 the network that one subscriber has to itself. */
export function sourceOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const { parts } = parsed as ipaddr.IPv6;
  return `${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

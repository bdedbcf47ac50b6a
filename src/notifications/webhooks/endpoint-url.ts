import ipaddr from 'ipaddr.js';

/** The addresses that IANA gives to hosts; the rest of IPv6 is special, or IPv4 in disguise. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Whether an address is on the public internet: not ours, not a neighbour's, not a cloud's metadata service. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

/** The host of a URL as a lookup would be asked for it: IPv6 without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

type UrlFault = 'url' | 'https' | 'credentials' | 'fragment' | 'privateAddress';

/**
 * What is wrong with the address of an endpoint, as far as it can be seen without asking for its name.
 * @param allowPrivate also plain HTTP and private addresses
 */
export function urlFault(text: string, allowPrivate: boolean): UrlFault | null {
  if (!URL.canParse(text)) return 'url';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'https';
  if (url.username || url.password) return 'credentials';
  if (url.hash) return 'fragment';
  const host = hostOf(url);
  const isPrivate = ipaddr.isValid(host) ? !isPublicAddress(host) : /(^|\.)localhost\.?$/.test(host);
  return isPrivate && !allowPrivate ? 'privateAddress' : null;
}

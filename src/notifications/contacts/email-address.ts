const ADDRESS = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** One plain address, lower case, as RFC 5321 limits it; null for anything else, also for names, lists and line ends. */
export function parseEmail(raw: string): string | null {
  const address = raw.trim().toLowerCase();
  return address.length <= 254 && ADDRESS.test(address) ? address : null;
}

const LETTER = /\p{L}/u;

/**
 * A name for a stranger who holds the paper: the first part whole, of the others the first letter, `محمد أ. خ. ن.`
 * @param parts the name in its parts, or as one text, which is taken apart at its blanks; empty parts do not count
 */
export function maskName(parts: readonly (string | null | undefined)[]): string {
  const present = parts.map((part) => part?.trim() ?? '').filter((part) => part !== '');
  const [first = '', ...rest] = present.length > 1 ? present : (present[0] ?? '').split(/\s+/);
  return [first, ...rest.map(initial)].filter((part) => part !== '').join(' ');
}

/** Without the article, which says nothing: النابلسي is ن. */
function initial(part: string): string {
  const bare = part.normalize('NFC').replace(/^ال(?=\p{L}{2})/u, '');
  const letter = Array.from(bare).find((character) => LETTER.test(character));
  return letter === undefined ? '' : `${letter}.`;
}

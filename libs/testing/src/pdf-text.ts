import { inflateSync } from 'node:zlib';

/** Text of each page in logical order, a line for each run, through the fonts' own Unicode maps. */
export function textOf(pdf: Buffer): string[] {
  const source = pdf.toString('latin1');
  const object = (id: string): string => new RegExp(`(?:^|\\n)${id} 0 obj\\n([^]*?)\\nendobj`).exec(source)![1]!;
  const stream = (id: string): string => {
    const body = object(id);
    const raw = Buffer.from(/stream\n([^]*)\nendstream/.exec(body)![1]!, 'latin1');
    return (body.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
  };
  const kids = /\/Type \/Pages[^]*?\/Kids \[([^\]]*)\]/.exec(source)![1]!.match(/\d+(?= 0 R)/g)!;
  return kids.map((kid) => {
    const page = object(kid);
    const maps = new Map<string, Map<string, string>>();
    for (const [, name, id] of page.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
      const cmap = stream(/\/ToUnicode (\d+) 0 R/.exec(object(id!))![1]!);
      const pairs = [...cmap.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/g)];
      maps.set(name!, new Map(pairs.map(([, glyph, units]) => [glyph!, utf16(units!)])));
    }
    return lines(stream(/\/Contents (\d+) 0 R/.exec(page)![1]!), maps);
  });
}

interface Run {
  x: number;
  y: number;
  reversed: boolean;
  glyphs: string[];
}

/** The painted glyphs of a page as text: lines from top to bottom, each put back from visual into logical order. */
function lines(content: string, maps: Map<string, Map<string, string>>): string {
  const token =
    /1 0 0 -1 (\S+) (\S+) cm|\/(f\d+) \S+ Tf|1 0 0 -1 (\S+) \S+ Tm|(\/ReversedChars BMC)|(EMC)|(\/ActualText )|(\()|<([0-9A-F]+)>/g;
  const rows = new Map<number, Run[]>();
  let [x, y, font, reversed, replacement] = [0, 0, '', false, false];
  let run: Run | undefined;
  for (let match = token.exec(content); match; match = token.exec(content)) {
    if (match[1]) [x, y] = [Number(match[1]), Number(match[2])];
    else if (match[3]) font = match[3];
    else if (match[4]) {
      run = { x: x + Number(match[4]), y, reversed, glyphs: [] };
      rows.set(y, [...(rows.get(y) ?? []), run]);
    } else if (match[5]) reversed = true;
    else if (match[6]) reversed = false;
    else if (match[7]) replacement = true;
    else {
      let hex = match[9];
      if (match[8]) {
        const end = endOfLiteral(content, token.lastIndex);
        hex = Buffer.from(unescaped(content.slice(token.lastIndex, end)), 'latin1')
          .toString('hex')
          .toUpperCase();
        token.lastIndex = end + 1;
      }
      if (!replacement) run!.glyphs.push(...(hex!.match(/.{4}/g) ?? []).map((code) => maps.get(font)?.get(code) ?? ''));
      replacement = false;
    }
  }
  return [...rows.values()].map(logical).join('\n');
}

/** Where the parenthesis closes that was opened before `from`; those within are balanced or escaped. */
function endOfLiteral(content: string, from: number): number {
  let depth = 1;
  for (let at = from; ; at++) {
    const sign = content[at];
    if (sign === '\\') at++;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0) return at;
    else if (sign === undefined) throw new Error('an unclosed string');
  }
}

/** Right to left, the runs that read left to right keeping their order among themselves. */
function logical(row: Run[]): string {
  const ordered: Run[] = [];
  let ltr: Run[] = [];
  for (const run of row.sort((a, b) => b.x - a.x)) {
    if (run.reversed) {
      ordered.push(...ltr, run);
      ltr = [];
    } else ltr.unshift(run);
  }
  return [...ordered, ...ltr]
    .map((run) => (run.reversed ? [...run.glyphs].reverse() : run.glyphs).join(''))
    .join('')
    .replace(/[\u202C\u202D\u2066-\u2069]/g, '');
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const unescaped = (literal: string): string =>
  literal.replace(/\\([0-7]{1,3}|[^])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dictionary } from './dictionary';

const SRC = join(__dirname, '..');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.texts.ts'));
// The files to look into are found by reading the folder.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const load = (file: string) => require(join(SRC, file)) as Record<string, Dictionary>;
const dictionaries = files.flatMap((file) =>
  Object.entries(load(file)).map(([name, texts]) => ({ file, name, texts })),
);
const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the texts of the screen', () => {
  it('are found', () => expect(files.length).toBeGreaterThan(2));

  it.each(dictionaries)('$file $name: the same keys, each said in both languages with the same values', ({ texts }) => {
    expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts.ar).sort());
    for (const [key, arabic] of Object.entries(texts.ar)) {
      expect(arabic.trim()).not.toBe('');
      expect(texts.en[key]!.trim()).not.toBe('');
      expect({ key, values: values(texts.en[key]!) }).toEqual({ key, values: values(arabic) });
    }
  });
});

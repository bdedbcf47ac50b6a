import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'iconv-lite';
import { comparePairs, matchCitizens } from './matching-cli';

const HEADER = 'CIT_NO,CIT_NAME,DOC_TYPE,DOC_NO,PHONE,ADDRESS';
const ROWS = [
  HEADER,
  '7,سفيان غسان السكري,هوية,900000001,,',
  '12,سفيان السكري,هوية,900000001,,',
  '7,غيره,,,,',
  ',x,,,,',
];
const CLUSTERS = /^CIT_NO\tcluster\tband\tbits\n7\t7\t\w+\t[\d.]+\n12\t7\t\w+\t[\d.]+\n$/;

describe('citizens match and names compare', () => {
  let dir: string;
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const match = (input: string, out = join(dir, 'out.tsv')) => matchCitizens(input, out, { threads: 1 });

  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'match-'))));

  it('reads UTF-8, Windows-1256, UTF-16 and gzip, and tells of the rows left out', async () => {
    const text = ROWS.join('\r\n');
    for (const bytes of [`\ufeff${text}`, encode(text, 'win1256'), encode(text, 'utf16', { addBOM: true })]) {
      const found = await match(file('citizens.csv', bytes));
      expect(found).toMatchObject({ rows: 2, leftOut: 2, clusters: 1 });
      expect(readFileSync(join(dir, 'out.tsv'), 'utf8')).toMatch(CLUSTERS);
    }
    expect(await match(file('citizens.csv.gz', gzipSync(text)))).toMatchObject({ rows: 2, clusters: 1 });
  });

  it('says in a sentence what is wrong, and leaves what was there', async () => {
    const out = file('out.tsv', 'before');
    const good = file('citizens.csv', ROWS.join('\n'));
    const wrong: [() => Promise<unknown>, string][] = [
      [() => match(join(dir, 'none.csv')), 'none.csv: no such file or folder'],
      [() => match(file('empty.csv', '')), 'empty.csv: empty'],
      [() => match(file('other.csv', 'CIT_NO,NAME\n')), 'other.csv: no column CIT_NAME'],
      [() => match(file('not.csv.gz', 'text')), 'not.csv.gz: no gzip file, or a damaged one'],
      [
        () => match(file('open.csv', `${HEADER}\n1,"a\nb",,,,\n2,"محمد,,,,\n3,x,,,,`)),
        'open.csv: line 4: a quote is not closed',
      ],
      [() => match(dir), 'a folder, not a file'],
      [() => match(good, join(dir, 'none', 'out.tsv')), 'out.tsv: no such file or folder'],
      [() => match(good, dir), 'a folder, not a file'],
      [() => comparePairs(good, out), 'citizens.csv: no column name1'],
    ];
    for (const [done, message] of wrong) {
      await expect(done()).rejects.toMatchObject({ named: true, message: expect.stringContaining(message) as string });
    }
    expect(readFileSync(out, 'utf8')).toBe('before');
    expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('scores pairs, and quotes what has to be', async () => {
    const pairs = file('pairs.csv', 'name1,name2\n"سالم, علي",سالم علي\nسالم "ابو علي",x\n');
    expect(await comparePairs(pairs, join(dir, 'scores.csv'))).toBe(2);
    const [header, first, second] = readFileSync(join(dir, 'scores.csv'), 'utf8').split('\n');
    expect(header).toBe('name1,name2,score,bits,same,why');
    expect(first).toMatch(/^"سالم, علي",سالم علي,0\.\d{4},[\d.]+,1,/);
    expect(second).toMatch(/^"سالم ""ابو علي""",x,0\.\d{4},-[\d.]+,0,/);
  });
});

import 'reflect-metadata';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { writerDataSource } from '@libs/persistence';
import type { DataSource } from 'typeorm';
import ts from 'typescript';
import { SCHEMA } from '../../src/schema';

const ROOT = join(__dirname, '../..');

interface Sql {
  file: string;
  /** With `?` for whatever the code puts in. */
  text: string;
}

/** Words that T-SQL keeps for itself and that look like a good name for a table in a query. */
const KEPT =
  'backup|browse|bulk|close|column|current|cursor|database|file|function|index|key|open|option|percent|plan|public|read|rule|save|schema|statistics|table|top|transaction|user|view';

/** What one database takes and T-SQL does not, each with a text that it finds. */
const RULES: readonly (readonly [name: string, pattern: RegExp, wrong: string])[] = [
  ['LIMIT', /\bLIMIT\b/, 'SELECT "id" FROM "users" LIMIT 1'],
  ['||', /\|\|/, `SELECT "code" || 'x' FROM "heads"`],
  ['a truth value', /\b(TRUE|FALSE)\b/, 'UPDATE "tills" SET "active" = TRUE'],
  ['RETURNING', /\bRETURNING\b/, 'UPDATE "tills" SET "active" = 1 RETURNING "id"'],
  ['ON CONFLICT', /\bON CONFLICT\b|\bINSERT OR\b/, 'INSERT OR IGNORE INTO "tills" ("id") VALUES (1)'],
  ['NULLS FIRST', /\bNULLS (FIRST|LAST)\b/, 'SELECT "id" FROM "users" ORDER BY "id" NULLS LAST'],
  ['a join by names', /\bUSING ?\(|\bNATURAL JOIN\b/, 'SELECT 1 FROM "a" JOIN "b" USING ("id")'],
  ['a list of pairs', /\("\w+", "\w+"\) (NOT )?IN\b/, 'SELECT 1 FROM "a" WHERE ("x", "y") IN (SELECT 1, 2)'],
  ['two columns counted', /COUNT\(DISTINCT [^()]*,/, 'SELECT COUNT(DISTINCT "a", "b") FROM "c"'],
  ['the larger of two', /\b(MIN|MAX)\([^()]*,/, 'SELECT MAX("a", 0) FROM "c"'],
  ['types of SQLite', /\bAS (TEXT|INTEGER|REAL|BOOLEAN)\b/, 'SELECT CAST("a" AS TEXT) FROM "c"'],
  [
    'functions of SQLite',
    /\b(IFNULL|LENGTH|SUBSTR|STRFTIME|DATE|DATETIME|JULIANDAY|GROUP_CONCAT|TOTAL|PRINTF|INSTR|IIF)\(/i,
    'SELECT substr("a", 1, 7) FROM "c"',
  ],
  ['an order within', /\(\s*SELECT [^()]*ORDER BY [^()]*\)/, 'SELECT 1 FROM (SELECT "a" FROM "b" ORDER BY "a") c'],
  ['an order twice', /ORDER BY ([^,()]+),( [^,()]+,)* \1(,|$)/, 'SELECT "a" FROM "b" ORDER BY "a", "c", "a"'],
  ['a kept word', new RegExp(`(\\)|"\\w+") (AS )?(${KEPT})\\b`, 'i'), 'SELECT 1 FROM (SELECT 1 AS "x") open'],
];

describe('SQL in the code', () => {
  const all = ['src', 'libs'].flatMap((folder) => sources(join(ROOT, folder))).flatMap(sqlOf);
  let source: DataSource;
  beforeAll(async () => {
    source = writerDataSource('mssql://nobody:nothing@localhost:1/none', SCHEMA);
    await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  });

  it('is found', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(all.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['src/billing/reports/proof.checks.ts', 'libs/outbox/src/outbox.repo.ts']),
    );
  });

  it.each(RULES)('has nothing that T-SQL does not take: %s', (_, pattern, wrong) => {
    expect(wrong).toMatch(pattern);
    expect(all.filter(({ text }) => pattern.test(text))).toEqual([]);
  });

  it('compares no texts that SQL Server collates differently: it refuses to', () => {
    const wrong = `SELECT 1 FROM "ledger_postings" p JOIN "ledger_periods" m ON m."period" = SUBSTRING(p."posted_on", 1, 7)`;
    expect(clashes(wrong, source)).toHaveLength(1);
    expect(all.filter(({ text }) => clashes(text, source).length > 0)).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));
}

/** The texts of a file that are SQL or a part of it. */
function sqlOf(path: string): Sql[] {
  const file = relative(ROOT, path);
  const found: Sql[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== null && /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|JOIN|WHERE|FROM)\b[^]*"\w+"/.test(text)) {
      found.push({ file, text: text.replace(/\s+/g, ' ') });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `?${literal.text}`).join('');
}

const COLUMN = String.raw`(?:[A-Z]+\()*(\w+)\."(\w+)"[^=<>"]{0,20}?`;
const COMPARED = new RegExp(String.raw`${COLUMN} (?:=|<>|<|>|<=|>=) ${COLUMN}(?= |\)|$)`, 'g');

/** Comparisons of a key with another text, under functions too; columns by the names of their tables in the text. */
function clashes(text: string, source: DataSource): string[] {
  const tables = new Map(
    [...text.matchAll(/(?:FROM|JOIN) "(\w+)" (?:AS )?(\w+)/g)].map(([, table, as]) => [as, table]),
  );
  const collation = (as: string, column: string): string | null => {
    const entity = source.entityMetadatas.find(({ tableName }) => tableName === tables.get(as));
    const found = entity?.findColumnWithDatabaseName(column);
    if (found?.type !== 'nvarchar' && found?.type !== 'char') return null;
    return found.collation ?? 'of the database';
  };
  return [...text.matchAll(COMPARED)].flatMap(([compared, ...names]) => {
    if (compared.includes('CAST(')) return [];
    const [a, b] = [collation(names[0]!, names[1]!), collation(names[2]!, names[3]!)];
    return a !== null && b !== null && a !== b ? [compared] : [];
  });
}

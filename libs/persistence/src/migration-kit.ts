import { Table, TableCheck, TableColumn, TableForeignKey, TableIndex, TableUnique, type QueryRunner } from 'typeorm';
import { enumExpression } from './columns';
import { physicalType, type ColumnKind, type Dialect } from './physical';

type ColumnSpec = ColumnKind & { nullable?: boolean; primary?: boolean; references?: string };

export const id = (): ColumnSpec => ({ kind: 'id', primary: true });
export const codeId = (length: number): ColumnSpec => ({ kind: 'key', length, primary: true });
export const ref = (table: string): ColumnSpec => ({ kind: 'id', references: table });
export const bigInt = (): ColumnSpec => ({ kind: 'id' });
export const int = (): ColumnSpec => ({ kind: 'int' });
export const minorUnits = (): ColumnSpec => ({ kind: 'minorUnits' });
export const flag = (): ColumnSpec => ({ kind: 'flag' });
export const text = (length: number): ColumnSpec => ({ kind: 'text', length });
export const longText = (): ColumnSpec => ({ kind: 'longText' });
export const key = (length: number): ColumnSpec => ({ kind: 'key', length });
export const oneOf = (...values: string[]): ColumnSpec => ({ kind: 'enum', values });
export const instant = (): ColumnSpec => ({ kind: 'instant' });
export const localDate = (): ColumnSpec => ({ kind: 'localDate' });
export const json = (): ColumnSpec => ({ kind: 'json' });
export const nullable = (column: ColumnSpec): ColumnSpec => ({ ...column, nullable: true });

interface TableRules {
  unique?: string[][];
  /** Unique among the rows where every nullable column of the list is set (a filtered index on both databases). */
  uniqueWhereSet?: string[][];
  index?: string[][];
  /** A table that is its primary key: SQLite keeps it once, in the order of the key, as SQL Server does. */
  clustered?: boolean;
}

/** Creates a table with named keys from column kinds, alike on both databases. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: Record<string, ColumnSpec>,
  rules: TableRules = {},
): Promise<void> {
  const { namingStrategy: naming } = runner.dataSource;
  const dialect = runner.dataSource.options.type as Dialect;
  const table = new Table({ name, withoutRowid: rules.clustered ?? false });
  for (const [columnName, spec] of Object.entries(columns)) {
    const { transformer: _, length, type, ...physical } = physicalType(spec, dialect);
    const shape = { name: columnName, isNullable: spec.nullable ?? false, ...physical };
    table.addColumn(
      new TableColumn({
        ...shape,
        type: String(type),
        ...(length === undefined ? {} : { length: String(length) }),
        isPrimary: spec.primary ?? false,
        ...(spec.primary ? { primaryKeyConstraintName: naming.primaryKeyName(table, [columnName]) } : {}),
      }),
    );
    if (spec.references) {
      table.addForeignKey(
        new TableForeignKey({
          name: naming.foreignKeyName(table, [columnName]),
          columnNames: [columnName],
          referencedTableName: spec.references,
          referencedColumnNames: ['id'],
        }),
      );
    }
    if (spec.kind === 'enum') {
      const expression = enumExpression(columnName, spec.values);
      table.checks.push(new TableCheck({ name: naming.checkConstraintName(table, expression), expression }));
    }
  }
  for (const columnNames of rules.unique ?? []) {
    table.uniques.push(new TableUnique({ name: naming.uniqueConstraintName(table, columnNames), columnNames }));
  }
  const nullables = (names: string[]) => names.filter((each) => columns[each]?.nullable);
  for (const columnNames of rules.uniqueWhereSet ?? []) {
    const where = whereSet(...nullables(columnNames));
    table.addIndex(new TableIndex({ name: naming.indexName(table, columnNames), columnNames, isUnique: true, where }));
  }
  for (const columnNames of rules.index ?? []) {
    table.addIndex(new TableIndex({ name: naming.indexName(table, columnNames), columnNames }));
  }
  await runner.createTable(table);
}

/** An index on a table that is there already. @param where filter, as in the entity */
export async function createIndex(
  runner: QueryRunner,
  table: string,
  columnNames: string[],
  where?: string,
): Promise<void> {
  const name = runner.dataSource.namingStrategy.indexName(table, columnNames);
  const columns = columnNames.map((each) => `"${each}"`).join(', ');
  await runner.query(`CREATE INDEX "${name}" ON "${table}" (${columns})${where ? ` WHERE ${where}` : ''}`);
}

/** Of {@link createIndex}. */
export async function dropIndex(runner: QueryRunner, table: string, columnNames: string[]): Promise<void> {
  const name = runner.dataSource.namingStrategy.indexName(table, columnNames);
  const on = (runner.dataSource.options.type as Dialect) === 'mssql' ? ` ON "${table}"` : '';
  await runner.query(`DROP INDEX "${name}"${on}`);
}

/** Rows that belong to the schema, such as codes; a flag is 0 or 1. */
export async function insertRows(
  runner: QueryRunner,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const national = (runner.dataSource.options.type as Dialect) === 'mssql' ? 'N' : '';
  const literal = (value: string | number) =>
    typeof value === 'number' ? String(value) : `${national}'${value.replace(/'/g, "''")}'`;
  const names = columns.map((column) => `"${column}"`).join(', ');
  for (const row of rows) {
    await runner.query(`INSERT INTO "${table}" (${names}) VALUES (${row.map(literal).join(', ')})`);
  }
}

export interface Reshaped {
  name: string;
  was: Record<string, ColumnSpec>;
  is: Record<string, ColumnSpec>;
  rules: TableRules;
  /** SQL of each column that is new: a literal, or a column of the old shape. */
  fill?: Record<string, string>;
}

/**
 * Gives tables another shape and keeps their rows, by statements that every server has: no ALTER COLUMN. Parents come
 * before their children, and nothing else refers to them.
 */
export async function reshapeTables(runner: QueryRunner, tables: readonly Reshaped[]): Promise<void> {
  const kept = (name: string) => `${name}_was`;
  const list = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ');
  for (const { name, was } of tables) {
    const plain = Object.entries(was).map(([column, { references: _, ...spec }]) => [column, spec] as const);
    await createTable(runner, kept(name), Object.fromEntries(plain));
    const columns = list(Object.keys(was));
    await runner.query(`INSERT INTO "${kept(name)}" (${columns}) SELECT ${columns} FROM "${name}"`);
  }
  for (const { name } of [...tables].reverse()) await dropTable(runner, name);
  for (const { name, was, is, rules, fill = {} } of tables) {
    await createTable(runner, name, is, rules);
    const same = Object.keys(is).filter((column) => column in was && !(column in fill));
    const into = list([...same, ...Object.keys(fill)]);
    const from = [list(same), ...Object.values(fill)].join(', ');
    await runner.query(`INSERT INTO "${name}" (${into}) SELECT ${from} FROM "${kept(name)}"`);
  }
  for (const { name } of tables) await dropTable(runner, kept(name));
}

/** With its indexes, which TypeORM's own drop would look up by names that a server may have cut. */
export async function dropTable(runner: QueryRunner, name: string): Promise<void> {
  await runner.query(`DROP TABLE "${name}"`);
}

/** The filter of a unique index over nullable columns; SQL Server would otherwise allow a single NULL. */
export const whereSet = (...columns: string[]): string =>
  columns.map((column) => `"${column}" IS NOT NULL`).join(' AND ');

/** The one place that knows how a column kind is stored by each database. */
import type { ColumnOptions, ValueTransformer } from 'typeorm';

export type Dialect = 'better-sqlite3' | 'mssql';

export type ColumnKind =
  | { kind: 'id' }
  | { kind: 'int' }
  | { kind: 'minorUnits' }
  | { kind: 'flag' }
  | { kind: 'text'; length: number }
  | { kind: 'longText' }
  | { kind: 'key'; length: number }
  | { kind: 'enum'; values: readonly string[] }
  | { kind: 'instant' }
  | { kind: 'localDate' }
  | { kind: 'json' };

type Physical = Pick<ColumnOptions, 'type' | 'length' | 'precision' | 'collation' | 'transformer'>;

/** SQL Server hands bigint back as text; a value beyond 2^53 is refused rather than rounded. */
export const safeInteger: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => {
    if (value === null || value === undefined) return value;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe integer: ${String(value)}`);
    return number;
  },
};

const instantOfDate: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value instanceof Date ? value.toISOString() : value),
};

const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value),
};

/** Compares by code point on both databases: for keys, codes and normalised tokens, never for sorting people. */
const BINARY_COLLATION = 'Latin1_General_BIN2';

export function physicalType(column: ColumnKind, dialect: Dialect): Physical {
  return dialect === 'mssql' ? onSqlServer(column) : onSqlite(column);
}

function onSqlServer(column: ColumnKind): Physical {
  switch (column.kind) {
    case 'id':
    case 'minorUnits':
      return { type: 'bigint', transformer: safeInteger };
    case 'int':
      return { type: 'int' };
    case 'flag':
      return { type: 'bit' };
    case 'text':
      return { type: 'nvarchar', length: column.length };
    case 'longText':
      return { type: 'nvarchar', length: 'MAX' };
    case 'key':
      return { type: 'nvarchar', length: column.length, collation: BINARY_COLLATION };
    case 'enum':
      return { type: 'nvarchar', length: 40 };
    case 'instant':
      return { type: 'datetime2', precision: 3, transformer: instantOfDate };
    case 'localDate':
      return { type: 'char', length: 10 };
    case 'json':
      return { type: 'nvarchar', length: 'MAX', transformer: json };
  }
}

function onSqlite(column: ColumnKind): Physical {
  switch (column.kind) {
    case 'id':
    case 'minorUnits':
      return { type: 'integer', transformer: safeInteger };
    case 'int':
      return { type: 'integer' };
    case 'flag':
      return { type: 'boolean' };
    case 'json':
      return { type: 'text', transformer: json };
    default:
      return { type: 'text' };
  }
}

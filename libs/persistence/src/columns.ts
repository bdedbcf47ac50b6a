import { Check, Column, ForeignKey, PrimaryColumn, getMetadataArgsStorage, type ColumnOptions } from 'typeorm';
import { physicalType, type ColumnKind, type Dialect } from './physical';

interface Nullable {
  nullable?: boolean;
}

const kinds = new WeakMap<ColumnOptions, ColumnKind>();

function column(kind: ColumnKind, options: Nullable & { primary?: boolean } = {}): PropertyDecorator {
  return (target, property) => {
    const { primary, ...rest } = options;
    const decorate = (primary ? PrimaryColumn : Column) as typeof Column;
    decorate({ ...rest, ...physicalType(kind, 'better-sqlite3') })(target, property as string);
    const args = getMetadataArgsStorage().columns;
    kinds.set(args[args.length - 1]!.options, kind);
    if (kind.kind === 'enum') {
      Check(enumExpression(snakeCase(String(property)), kind.values))(target.constructor);
    }
  };
}

/** Gives every column declared by a kind its physical type; called before a data source builds its metadata. */
export function bindColumnKinds(dialect: Dialect): void {
  for (const { options } of getMetadataArgsStorage().columns) {
    const kind = kinds.get(options);
    if (!kind) continue;
    for (const name of ['length', 'precision', 'collation', 'transformer'] as const) delete options[name];
    Object.assign(options, physicalType(kind, dialect));
  }
}

export const snakeCase = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

export const enumExpression = (columnName: string, values: readonly string[]): string =>
  `"${columnName}" IN (${values.map((value) => `'${value}'`).join(', ')})`;

/** Primary key given by the application ({@link IdAllocator}). */
export const IdColumn = (): PropertyDecorator => column({ kind: 'id' }, { primary: true });

/** Primary key that is a code of at most `length` characters. */
export const CodeIdColumn = (length: number): PropertyDecorator => column({ kind: 'key', length }, { primary: true });

/** Part of a primary key that is a 64-bit number and no id, such as a hash. */
export const BigIdColumn = (): PropertyDecorator => column({ kind: 'id' }, { primary: true });

/** Id of a row of `entityName`, with a foreign key; the entity is named by text so that modules stay apart. */
export function RefColumn(entityName: string, options?: Nullable & { primary?: boolean }): PropertyDecorator {
  return (target, property) => {
    column({ kind: 'id' }, options)(target, property);
    ForeignKey(entityName)(target, property as string);
  };
}

/** A 64-bit number that is no money and no reference of the database, such as a counter. */
export const BigIntColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'id' }, options);
export const IntColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'int' }, options);
/** Amount in minor units of the currency beside it: fils of JOD, agorot of ILS, cents of USD. */
export const MinorUnitsColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'minorUnits' }, options);
export const FlagColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'flag' }, options);
/** Human text; Unicode on both databases, at most `length` UTF-16 units. */
export const TextColumn = (length: number, options?: Nullable): PropertyDecorator =>
  column({ kind: 'text', length }, options);
export const LongTextColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'longText' }, options);
/** Code, key, hash or normalised token: compared by code point. */
export const KeyColumn = (length: number, options?: Nullable): PropertyDecorator =>
  column({ kind: 'key', length }, options);
export const EnumColumn = (values: readonly string[], options?: Nullable): PropertyDecorator =>
  column({ kind: 'enum', values }, options);
/** ISO-8601 UTC text with milliseconds in the code, datetime2(3) on SQL Server. */
export const InstantColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'instant' }, options);
/** `YYYY-MM-DD`. */
export const LocalDateColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'localDate' }, options);
export const JsonColumn = (options?: Nullable): PropertyDecorator => column({ kind: 'json' }, options);

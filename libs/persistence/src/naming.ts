import { DefaultNamingStrategy, type NamingStrategyInterface, type Table } from 'typeorm';
import { snakeCase } from './columns';

/** snake_case columns and readable, stable constraint names, so that an error message names the rule it broke. */
export class SchemaNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName || snakeCase(propertyName);
  }
  override primaryKeyName(table: Table | string): string {
    return name('pk', this.plain(table));
  }
  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return name('uq', this.plain(table), columns);
  }
  override indexName(table: Table | string, columns: string[]): string {
    return name('ix', this.plain(table), columns);
  }
  override foreignKeyName(table: Table | string, columns: string[]): string {
    return name('fk', this.plain(table), columns);
  }
  override checkConstraintName(table: Table | string, expression: string): string {
    return name('ck', this.plain(table), [/"(\w+)"/.exec(expression)?.[1] ?? 'row']);
  }
  private plain(table: Table | string): string {
    const path = this.getTableName(table);
    return path.slice(path.lastIndexOf('.') + 1);
  }
}

/** PostgreSQL-based TDS servers cut names at 63 bytes, so a longer one is a mistake found at boot. */
function name(prefix: string, table: string, columns: string[] = []): string {
  const full = [prefix, table, ...[...columns].sort()].join('_');
  if (full.length > 63) throw new Error(`constraint name longer than 63 characters: ${full}`);
  return full;
}

import type { LocalDate } from '@libs/calendar';

/** A part of a query with its parameters. */
export interface Piece {
  sql: string;
  parameters: (string | number)[];
}

/**
 * Charges as they stood at the end of a day: a table with `id`, `account_id`, `head`, `due_on` and `outstanding`, which is
 * never zero; below zero where a payment that was dated back came on top of what had been paid. What is open now plus all
 * that paid or cancelled it since, so it costs the open charges and the lines since that day, not the years before it.
 */
export const chargesAsOf = (day: LocalDate): Piece => ({
  sql: `(SELECT i."id", i."account_id", i."head", i."due_on", open_then."outstanding" FROM (${itemsAsOf('charges', 'charge_id', 'outstanding')}) open_then
    JOIN "charges" i ON i."id" = open_then."id" WHERE i."charged_on" <= ?)`,
  parameters: [day, day, day],
});

/** Credits likewise: `id`, `account_id` and `remaining`. */
export const creditsAsOf = (day: LocalDate): Piece => ({
  sql: `(SELECT i."id", i."account_id", open_then."remaining" FROM (${itemsAsOf('credits', 'credit_id', 'remaining')}) open_then
    JOIN "credits" i ON i."id" = open_then."id" WHERE i."credited_on" <= ?)`,
  parameters: [day, day, day],
});

const itemsAsOf = (table: string, ref: string, column: string): string =>
  `SELECT "id", SUM("part") AS "${column}" FROM (
     SELECT "id", "${column}" AS "part" FROM "${table}" WHERE "${column}" > 0
     UNION ALL
     SELECT "${ref}", "amount" FROM "allocations" WHERE "allocated_on" > ?
     UNION ALL
     SELECT "${ref}", "amount" FROM "take_backs" WHERE "taken_back_on" > ? AND "${ref}" IS NOT NULL
   ) parts GROUP BY "id" HAVING SUM("part") <> 0`;

/** As {@link chargesAsOf} of some accounts, account by account: for those of one person. */
export const chargesOfAccountsAsOf = (day: LocalDate, accountIds: readonly number[]): Piece => ({
  sql: `(SELECT i."id", i."account_id", i."head", i."due_on", i."outstanding"
      + COALESCE((SELECT SUM(l."amount") FROM "allocations" l WHERE l."charge_id" = i."id" AND l."allocated_on" > ?), 0)
      + COALESCE((SELECT SUM(t."amount") FROM "take_backs" t WHERE t."charge_id" = i."id" AND t."taken_back_on" > ?), 0)
      AS "outstanding"
    FROM "charges" i WHERE i."charged_on" <= ? AND i."account_id" IN (${accountIds.map(() => '?').join(', ')}))`,
  parameters: [day, day, day, ...accountIds],
});

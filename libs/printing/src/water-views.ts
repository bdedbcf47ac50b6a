import { holder, issued } from './issued-views';
import { signatory } from './office-views';
import { prose } from './text';
import { SHEETS_PER_FILE } from './sheets-per-file';
import { optional, type View, type Views, type Writer } from './view-parts';
import type { DisconnectionNoticeSheet, FieldListRow, WaterSheets } from './water-sheets';

export const waterViews: Views<WaterSheets> = {
  'disconnection-notice': (data, writer) => ({ notices: [notice(data, writer)] }),
  'disconnection-notices': (data, writer) => {
    const { length } = data.notices;
    if (length < 1 || length > SHEETS_PER_FILE) throw new RangeError(`${length} notices, not 1 to ${SHEETS_PER_FILE}`);
    return { notices: data.notices.map((each) => notice(each, writer)) };
  },
  'field-list': (data, writer) => ({
    number: writer.fig(data.number),
    kind: writer.labels[data.kind],
    workOn: writer.date(data.workOn),
    crew: prose(data.crew),
    printedAt: writer.time(data.printedAt),
    count: writer.fig(String(data.rows.length)),
    walks: walks(data.rows).map(({ route, rows }) => ({
      route: optional(route, writer.fig),
      count: writer.fig(String(rows.length)),
      rows: rows.map((row) => ({
        order: writer.fig(row.order),
        sequence: optional(row.sequence?.toString(), writer.fig),
        subscriber: [prose(row.name), writer.fig(row.subscription)],
        address: optional(row.address, prose),
        meter: optional(row.meter, writer.fig),
        cause: prose(row.cause),
        owed: writer.amount(row.owed),
      })),
    })),
  }),
  'top-up-slip': ({ token, issuedAt, holder: name, paid, price, rest, ...data }, writer) => ({
    token: (token.match(/.{1,4}/g) ?? []).map(writer.fig),
    issuedAt: writer.time(issuedAt),
    holder: prose(name),
    subscription: writer.fig(data.subscription),
    meter: writer.fig(data.meter),
    decoder: writer.fig(data.decoder),
    cubicMetres: writer.fig(data.cubicMetres),
    receipt: writer.fig(data.receipt),
    paid: writer.money(paid),
    price: writer.money(price),
    rest: writer.money(rest),
  }),
};

/** Rows of one route after another, as they come. */
function walks(rows: readonly FieldListRow[]): { route: string | null; rows: FieldListRow[] }[] {
  const found: ReturnType<typeof walks> = [];
  for (const row of rows) {
    const route = row.route ?? null;
    if (found.at(-1)?.route === route) found.at(-1)!.rows.push(row);
    else found.push({ route, rows: [row] });
  }
  return found;
}

const notice = (data: DisconnectionNoticeSheet, writer: Writer): View => ({
  ...issued(data, writer),
  holder: holder(data.holder, writer),
  subscription: writer.fig(data.subscription),
  meter: optional(data.meter, writer.fig),
  unpaid: writer.fig(String(data.bills)),
  oldestDueOn: writer.date(data.oldestDueOn),
  owed: writer.money(data.owed),
  words: optional(data.words, prose),
  days: writer.fig(String(data.days)),
  few: data.days % 100 >= 3 && data.days % 100 <= 10,
  signatory: signatory(data.signatory),
});

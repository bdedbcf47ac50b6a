import { holder, issued } from './issued-views';
import { signatory } from './office-views';
import { prose } from './text';
import { optional, type Views } from './view-parts';
import type { WaterSheets } from './water-sheets';

export const waterViews: Views<WaterSheets> = {
  'disconnection-notice': (data, writer) => ({
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
  }),
  'field-list': (data, writer) => ({
    number: writer.fig(data.number),
    kind: writer.labels[data.kind],
    workOn: writer.date(data.workOn),
    crew: prose(data.crew),
    printedAt: writer.time(data.printedAt),
    count: writer.fig(String(data.rows.length)),
    rows: data.rows.map((row) => ({
      order: writer.fig(row.order),
      walk: [
        optional(row.route, writer.fig) ?? '—',
        row.sequence === null || row.sequence === undefined ? null : writer.fig(String(row.sequence)),
      ],
      subscriber: [prose(row.name), writer.fig(row.subscription)],
      address: optional(row.address, prose),
      meter: optional(row.meter, writer.fig),
      cause: prose(row.cause),
      owed: writer.amount(row.owed),
    })),
  }),
};

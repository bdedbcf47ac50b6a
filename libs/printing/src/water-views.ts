import { holder, issued } from './issued-views';
import { signatory } from './office-views';
import { prose } from './text';
import { SHEETS_PER_FILE } from './sheets-per-file';
import { optional, type View, type Views, type Writer } from './view-parts';
import type { DisconnectionNoticeSheet, WaterSheets } from './water-sheets';

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

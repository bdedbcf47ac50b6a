import type { IssuedSheet, PrintedCheque, PrintedHolder, PrintedPeriod, PrintedVoid } from './sheets';
import { address, plain, prose } from './text';
import { document, optional, type View, type Writer } from './view-parts';

type Proved = Pick<IssuedSheet, 'serial' | 'copy' | 'voided'> & { verificationUrl?: string | null };

/** The serial, its marks and its address. */
export function proved({ serial, copy, voided, verificationUrl: url }: Proved, writer: Writer): View {
  return {
    serial: writer.fig(serial),
    copy: copy ? writer.fig(String(copy)) : null,
    voided: voided ? cancellation(voided, writer) : null,
    url: url ? plain(url) : null,
    urlText: url ? address(url) : null,
  };
}

export const issued = (data: Proved & Pick<IssuedSheet, 'issuedAt' | 'issuedBy'>, writer: Writer): View => ({
  ...proved(data, writer),
  issuedAt: writer.time(data.issuedAt),
  issuedBy: prose(data.issuedBy),
});

const cancellation = ({ at, reason, by }: PrintedVoid, writer: Writer): View => ({
  at: writer.time(at),
  reason: prose(reason),
  by: optional(by, prose),
});

export const holder = (data: PrintedHolder, writer: Writer): View => ({
  name: prose(data.approvedName),
  oneRecord: optional(data.oneRecordNumber, writer.fig),
  document: document(data.document, writer.fig),
  address: optional(data.address, prose),
});

export const period = ({ from, to, name }: PrintedPeriod, writer: Writer): View => ({
  name: optional(name, prose),
  from: writer.date(from),
  to: writer.date(to),
});

export const chequeOf = ({ number, bank, dueDate, drawer }: PrintedCheque, writer: Writer): View => ({
  number: writer.fig(number),
  bank: prose(bank),
  due: writer.date(dueDate),
  drawer: optional(drawer, prose),
});

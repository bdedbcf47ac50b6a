import { PrintingError } from './printing-error';
import type { SheetData, Template } from './sheets';
import { Thread } from './thread';
import type { Order, Outcome } from './worker';

export { SHEETS_PER_FILE } from './sheets-per-file';
export { PrintingError } from './printing-error';
export { qrSvg } from './qr';
export type * from './sheets';

// A sheet of 3,000 rows takes seconds, in which the process would answer nobody: the compiler has a thread of its own.
// A thread loads compiled files only, so where the sources run as they stand (the tests) the caller's thread renders.
const file = require.resolve('./worker');
const thread = file.endsWith('.js') ? new Thread<Order, Outcome>(file) : undefined;

/**
 * A sheet as PDF bytes, right to left in Arabic; the same data gives the same bytes.
 * @throws RangeError for an unreadable instant, date or zone, or a batch of no or too many bills; PrintingError when the compiler fails.
 */
export async function renderPdf<T extends Template>(template: T, data: SheetData[T]): Promise<Buffer> {
  if (!thread) return (await import('./render')).render(template, data);
  const outcome = await thread.ask({ template, data: JSON.stringify(data) });
  if ('error' in outcome) throw outcome.error;
  if ('failed' in outcome) throw new PrintingError(outcome.failed.template, outcome.failed.diagnostics);
  return Buffer.from(outcome.pdf.buffer);
}

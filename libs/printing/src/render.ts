import { compilePdf } from './compiler';
import { qrSvg } from './qr';
import type { SheetData, StatementOfBalances, Template } from './sheets';
import { madeAt, viewOf } from './view';

/** As `renderPdf`, in the thread of the caller, which does nothing else meanwhile. */
export async function render<T extends Template>(template: T, data: SheetData[T]): Promise<Buffer> {
  const view = viewOf(template, data);
  if (template === 'statement-of-balances') view.qr = await qrSvg((data as StatementOfBalances).verificationUrl);
  return compilePdf(template, view, new Date(madeAt(template, data)));
}

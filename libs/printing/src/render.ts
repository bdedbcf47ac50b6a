import { compilePdf } from './compiler';
import { qrSvg } from './qr';
import type { SheetData, Template } from './sheets';
import { madeAt, provedParts, viewOf } from './view';

const BATCHES: readonly Template[] = ['bills', 'warnings', 'disconnection-notices'];

/** As `renderPdf`, in the thread of the caller, which does nothing else meanwhile. */
export async function render<T extends Template>(template: T, data: SheetData[T]): Promise<Buffer> {
  const view = viewOf(template, data);
  for (const part of provedParts(view)) if (typeof part.url === 'string') part.qr = await qrSvg(part.url);
  // Thousands of bills and warnings go to a printing house; whoever reads one on a screen gets it alone.
  return compilePdf(template, view, new Date(madeAt(data)), {
    tagged: !BATCHES.includes(template),
  });
}

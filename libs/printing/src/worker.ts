/** What the thread of the compiler runs. */
import { parentPort } from 'node:worker_threads';
import { PrintingError } from './printing-error';
import { render } from './render';
import type { Template } from './sheets';

export interface Order {
  template: Template;
  /** The sheet's data as JSON. */
  data: string;
}

/** A class of our own does not survive the way between threads, so a {@link PrintingError} goes in its parts. */
export type Outcome =
  { pdf: Uint8Array<ArrayBuffer> } | { failed: Pick<PrintingError, 'template' | 'diagnostics'> } | { error: unknown };

async function outcomeOf({ template, data }: Order): Promise<Outcome> {
  try {
    // Copied, because only memory of its own can be handed over.
    return { pdf: new Uint8Array(await render(template, JSON.parse(data))) };
  } catch (error) {
    if (!(error instanceof PrintingError)) return { error };
    return { failed: { template: error.template, diagnostics: error.diagnostics } };
  }
}

async function answer(order: Order): Promise<void> {
  const outcome = await outcomeOf(order);
  parentPort!.postMessage(outcome, 'pdf' in outcome ? [outcome.pdf.buffer] : []);
}

parentPort?.on('message', (order: Order) => void answer(order));

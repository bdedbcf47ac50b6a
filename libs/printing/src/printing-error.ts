/** The sheet could not be set: a fault of the template or of an image, not of the caller's text. */
export class PrintingError extends Error {
  constructor(
    readonly template: string,
    /** What the compiler said; may quote the data. */
    readonly diagnostics: unknown[],
  ) {
    super(`the template ${template} could not be printed`);
    this.name = 'PrintingError';
  }
}

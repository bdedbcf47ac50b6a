import { StreamableFile } from '@nestjs/common';

/**
 * A PDF to be shown by the browser, its file name in ASCII and in UTF-8 (RFC 6266, RFC 5987).
 * @param name without `.pdf`; `ascii` in letters, digits and dashes
 */
export const pdfFile = (pdf: Buffer, name: { ascii: string; utf8: string }): StreamableFile =>
  new StreamableFile(pdf, {
    type: 'application/pdf',
    length: pdf.length,
    disposition: `inline; filename="${name.ascii}.pdf"; filename*=UTF-8''${extended(`${name.utf8}.pdf`)}`,
  });

const extended = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The QR code of `text` as SVG source, error correction M, with the quiet zone of four modules.
 * @throws Error when the text does not fit into a QR code (over about 2,300 bytes).
 */
export async function qrSvg(text: string): Promise<string> {
  const { toString } = await import('qrcode');
  return toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
}

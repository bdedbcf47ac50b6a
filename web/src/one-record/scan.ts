import type { Schemas } from '../api/client';

export type Scan = Schemas['EvidenceInput'];

const MOST_BYTES = 1024 * 1024;
const LONGEST_SIDE = 2000;
const TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const;

export type ScanRefusal = 'scanTooLarge' | 'scanWrong';

/** A chosen file as the register takes it; a photo above 1 MB is drawn smaller. @throws {ScanRefusal} */
export async function readScan(file: File): Promise<Scan> {
  const contentType = TYPES.find((type) => type === file.type);
  if (contentType && file.size <= MOST_BYTES) return { fileName: file.name, contentType, base64: await base64(file) };
  if (!file.type.startsWith('image/')) throw (contentType ? 'scanTooLarge' : 'scanWrong') satisfies ScanRefusal;
  const smaller = await reduced(file);
  return {
    fileName: `${file.name.replace(/\.\w+$/, '')}.jpg`,
    contentType: 'image/jpeg',
    base64: await base64(smaller),
  };
}

async function reduced(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw 'scanWrong' satisfies ScanRefusal;
  });
  for (let side = LONGEST_SIDE; side > 500; side *= 0.75) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    if (blob.size <= MOST_BYTES) return blob;
  }
  throw 'scanTooLarge' satisfies ScanRefusal;
}

const base64 = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(blob);
  });

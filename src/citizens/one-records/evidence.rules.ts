import type { EvidenceType } from './evidence.entity';

export const EVIDENCE_MAX_BYTES = 1024 * 1024;
export const EVIDENCE_MAX_BASE64 = Math.ceil(EVIDENCE_MAX_BYTES / 3) * 4;

const SIGNATURES: readonly [EvidenceType, string][] = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
  ['application/pdf', '255044462d'],
];

/** What a file is by its first bytes; null for anything that is no evidence. */
export const evidenceType = (content: Buffer): EvidenceType | null =>
  SIGNATURES.find(([, signature]) => content.toString('hex', 0, signature.length / 2) === signature)?.[0] ?? null;

/** The bytes of strict base64 (RFC 4648, padded); null when it is none, is empty or too large. */
export function evidenceBytes(base64: string): Buffer | null {
  const content = Buffer.from(base64, 'base64');
  const faithful = content.length > 0 && content.toString('base64') === base64;
  return faithful && content.length <= EVIDENCE_MAX_BYTES ? content : null;
}

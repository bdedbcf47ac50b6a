import { LIKELY_BITS, SURE_BITS } from '@libs/name-matching';

export const BANDS = ['sure', 'likely', 'look'] as const;
export type ProposalBand = (typeof BANDS)[number];

/** Bits of each band: from (inclusive) to (exclusive). */
export const BAND_BITS: Record<ProposalBand, readonly [number, number]> = {
  sure: [SURE_BITS, 2 ** 31 - 1],
  likely: [LIKELY_BITS, SURE_BITS],
  look: [-(2 ** 31), LIKELY_BITS],
};

export const bandOf = (bits: number): ProposalBand =>
  bits >= SURE_BITS ? 'sure' : bits >= LIKELY_BITS ? 'likely' : 'look';

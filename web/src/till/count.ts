import { foldDigits } from '@libs/arabic';
import { CURRENCIES, DENOMINATIONS, toDecimalString, type Currency, type MinorUnits } from '@libs/money';
import type { Schemas } from '../api/client';

/** What was typed, by currency and denomination in minor units. */
export type CountDraft = Readonly<Record<string, string>>;

export const fieldOf = (currency: Currency, denomination: MinorUnits): string => `${currency} ${denomination}`;

/** Pieces as typed, also in Arabic digits; null for what is no whole number. */
export function typedPieces(text: string | undefined): number | null {
  const digits = foldDigits(text ?? '').trim();
  if (digits === '') return 0;
  return /^\d{1,6}$/.test(digits) && Number(digits) <= 100_000 ? Number(digits) : null;
}

const piecesOf = (draft: CountDraft, currency: Currency) =>
  DENOMINATIONS[currency].map((denomination) => {
    return { denomination, pieces: typedPieces(draft[fieldOf(currency, denomination)]) };
  });

/** Minor units of what was counted so far. */
export const countedSum = (draft: CountDraft, currency: Currency): MinorUnits =>
  piecesOf(draft, currency).reduce((sum, { denomination, pieces }) => sum + denomination * (pieces ?? 0), 0);

export const isCountable = (draft: CountDraft): boolean =>
  CURRENCIES.every((currency) => piecesOf(draft, currency).every(({ pieces }) => pieces !== null));

/** The count as it is sent: what is not there is left out. */
export const countBody = (draft: CountDraft): Schemas['CountShiftBody'] => ({
  counts: CURRENCIES.flatMap((currency) => {
    const pieces = piecesOf(draft, currency).flatMap(({ denomination, pieces: count }) =>
      count ? [{ denomination: toDecimalString(denomination, currency), pieces: count }] : [],
    );
    return pieces.length > 0 ? [{ currency, pieces }] : [];
  }),
});

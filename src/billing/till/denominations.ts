export interface Pieces {
  denomination: number;
  pieces: number;
}

/** Value of what was counted, minor units. @throws {RangeError} beyond the safe integers */
export function counted(pieces: readonly Pieces[]): number {
  const total = pieces.reduce((sum, each) => sum + each.denomination * each.pieces, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('counted beyond the safe integers');
  return total;
}

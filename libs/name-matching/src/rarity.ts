import { skeletonKey } from './skeleton';

/** Bits of the commonest names anywhere in the Arab world, by skeleton; the rest fall by length. */
const COMMON = new Map<string, number>([
  ...tuples(4, 'mhmd ahmd mhmd'),
  ...tuples(6, 'mhmd ahmd hsn hsn hsn xld ly mr ysf brhym mstf hmd slm'),
  ...tuples(7, 'bdlh bdlrhmn kmr srh mrm ftm'),
]);
const LEAST = 7;
const MOST = 14;

function tuples(bits: number, keys: string): [string, number][] {
  return keys.split(' ').map((key) => [key, bits]);
}

/** Bits of agreeing on a token where no register tells how frequent it is: common names little, long ones more. */
export function rarityOf({ text }: { text: string }): number {
  if (text.length === 1) return 3;
  return COMMON.get(skeletonKey(text)) ?? Math.min(MOST, LEAST + text.length * 0.6);
}

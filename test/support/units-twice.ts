/**
 * `UNITS_TWICE=1 npx jest …` does every unit of work, rolls it back and does it again, as a server does after a deadlock:
 * a unit that keeps something outside itself counts twice, and fails the test that looks at it.
 */
import { UnitOfWork } from '@libs/persistence';

type Once = (this: UnitOfWork, work: () => Promise<unknown>) => Promise<unknown>;

const AGAIN = new Error('again');

/** @returns what ends it */
export function doUnitsTwice(): () => void {
  const units = UnitOfWork.prototype as unknown as { once: Once };
  const { once } = units;
  units.once = async function (work) {
    const first = async () => {
      await work();
      throw AGAIN;
    };
    await once.call(this, first).catch((error: unknown) => {
      if (error !== AGAIN) throw error;
    });
    return once.call(this, work);
  };
  return () => void (units.once = once);
}

if (process.env.UNITS_TWICE) doUnitsTwice();

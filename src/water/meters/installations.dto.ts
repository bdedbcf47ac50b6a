import { DateField, Id, Int, OneOf, Part, Txt } from '@libs/http';

const SERIAL = { max: 60, pattern: /^\S+$/, example: 'Z2409234' };
const WHITHER = ['STOCK', 'TESTING', 'REPAIR', 'RETIRED'] as const;

class Put {
  @Txt({ ...SERIAL, about: 'of a meter in stock' }) serial: string;
  @Int({ example: 0, about: 'of the register' }) initialReading: number;
  @Txt({ optional: true, max: 40, example: 'S-118834' }) seal?: string;
}

export class InstallMeter extends Put {
  @DateField() on: string;
}

export class TakenOff {
  @Txt({ ...SERIAL, about: 'of the meter that is taken off, as a check' }) serial: string;
  @Int({ example: 1320, about: 'of the register; the next bill takes it up' }) finalReading: number;
  @OneOf(WHITHER, { example: 'TESTING', about: 'where it goes' }) to: (typeof WHITHER)[number];
}

export class RemoveMeter {
  @DateField() on: string;
  @Txt({ min: 3, max: 500, example: 'العداد متوقف' }) reason: string;
  @Part(() => TakenOff) off: TakenOff;
}

export class ReplaceMeter extends RemoveMeter {
  @Part(() => Put) put: Put;
}

class SwapSide {
  @Id() subscriptionId: number;
  @Txt({ ...SERIAL, about: 'of the meter that stands in the books at this subscription' }) serial: string;
  @Int({ example: 1320, about: 'what its register shows on the day' }) finalReading: number;
}

export class SwapMeters {
  @DateField() on: string;
  @Txt({ min: 3, max: 500, example: 'العدادان مسجلان بالعكس' }) reason: string;
  @Part(() => SwapSide) first: SwapSide;
  @Part(() => SwapSide) second: SwapSide;
}

import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { amountInWords, formatAmount, type Currency } from '@libs/money';
import type { DepositSlip, PrintedAmount, ShiftReport as ShiftSheet } from '@libs/printing';
import { printed } from '../../citizens';
import { letterheadOf } from '../../documents';
import type { ShiftReport, ShiftVoid, TakenSum } from './shift-report';
import type { CashierShift, Deposit, Till } from './till.entity';

/** Of this printing: these sheets have no serial of their own and no copies, they say what stands now. */
export interface Printing {
  lang: Language;
  at: string;
  by: string;
}

const head = (config: Config, { lang, at, by }: Printing) => ({
  letterhead: letterheadOf(config),
  lang,
  issuedAt: at,
  issuedBy: by,
});

/** @param closedBy name of the supervisor */
export function shiftSheet(
  report: ShiftReport & { voids: ShiftVoid[] },
  config: Config,
  printing: Printing,
  closedBy: string | null,
): ShiftSheet {
  const { shift, till, receipts, voids } = report;
  const { first, last, count } = receipts;
  return {
    ...head(config, printing),
    serial: String(shift.id),
    cashier: shift.cashierName,
    till: `${till.code} ${till.name}`,
    openedAt: shift.openedAt,
    closedAt: shift.closedAt,
    closedBy,
    receipts: first === null ? null : { first, last: last!, count },
    currencies: currenciesOf(report).map((currency) => inCurrency(report, currency)),
    // One that went back to its payer, as with a void, is not handed over.
    cheques: report.cheques
      .filter(({ state }) => state !== 'CANCELLED')
      .map(({ number, bank, drawer, dueOn: dueDate, currency, amount }) => {
        return { number, bank, drawer, dueDate, currency, amount: printed(amount, currency) };
      }),
    voids: voids.map(({ serial, at, reason, currency, amount }) => ({
      receipt: serial,
      at,
      reason,
      currency,
      amount: printed(amount, currency),
    })),
    note: shift.note,
  };
}

/** Also those in which nothing was in the drawer, such as of card payments alone. */
const currenciesOf = ({ cash, taken }: ShiftReport): string[] =>
  [...new Set([...cash, ...taken].map(({ currency }) => currency))].sort();

function inCurrency({ cash, counts, taken }: ShiftReport, currency: string): ShiftSheet['currencies'][number] {
  const amount = (minor: number): PrintedAmount => printed(minor, currency);
  const own = taken.filter((each) => each.currency === currency);
  // What was voided was given back from the same drawer on the same day; what was reversed later had been received.
  const [voided, kept] = [own.filter(isVoided), own.filter((each) => !isVoided(each))];
  const sum = (list: readonly TakenSum[]) => list.reduce((all, each) => all + each.amount, 0);
  const kinds = [...new Set(kept.map(({ kind }) => kind))];
  const drawer = cash.find((each) => each.currency === currency);
  const { openingFloat = 0, expected = 0, counted = 0 } = drawer ?? {};
  const paidOut = openingFloat + sum(kept.filter(({ kind }) => kind === 'CASH')) - expected!;
  const pieces = counts.find((each) => each.currency === currency)?.pieces ?? [];
  return {
    currency,
    float: amount(openingFloat),
    tenders: kinds.map((kind) => {
      const same = kept.filter((each) => each.kind === kind);
      const count = same.reduce((all, each) => all + each.count, 0);
      return { kind: kind as 'CASH', count, amount: amount(sum(same)) };
    }),
    received: amount(sum(kept)),
    voided: { count: voided.reduce((all, each) => all + each.count, 0), amount: amount(sum(voided)) },
    paidOut: paidOut === 0 ? null : amount(paidOut),
    expected: amount(expected!),
    cash: pieces.map(({ denomination, pieces: count }) => ({
      denomination: formatAmount(denomination, currency as Currency),
      count,
      amount: amount(denomination * count),
    })),
    counted: amount(counted!),
    difference: amount(counted! - expected!),
  };
}

const isVoided = ({ state }: TakenSum): boolean => state === 'VOIDED';

/** Notes and coins are counted at the bank: what stays in the drawers as float is not known by its pieces. */
export function depositSheet(
  { id, bankAccount: number, bankReference: reference, amounts }: Deposit,
  shifts: readonly { shift: CashierShift; till: Till }[],
  config: Config,
  printing: Printing,
): DepositSlip {
  return {
    ...head(config, printing),
    serial: String(id),
    bankAccount: {
      holder: printing.lang === 'ar' ? config.municipalityAr : config.municipalityEn,
      number,
      reference,
    },
    shifts: shifts.map(({ shift, till }) => ({
      number: String(shift.id),
      cashier: shift.cashierName,
      till: till.code,
    })),
    currencies: amounts.map(({ currency, amount }) => ({
      currency,
      cash: [],
      cashTotal: printed(amount, currency),
      cheques: [],
      chequesTotal: printed(0, currency),
      total: printed(amount, currency),
      totalInWords: amountInWords(amount, currency as Currency),
    })),
  };
}

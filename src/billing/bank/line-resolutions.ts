import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit, Staff } from '../../identity';
import { BOOKS } from '../billing.problems';
import { PaymentLines, type PaidLine, type TypedLine } from '../payments/payment-lines';
import { PaymentRecorder } from '../payments/payment-recorder';
import { amountOf } from '../till/amounts';
import { Deposits } from '../till/deposits';
import { BankAccount, BankLine } from './bank.entity';
import { BankLines, lineDimension, type Settlement } from './bank-lines';
import { BANK } from './bank.problems';
import { ExpectedMoney, type Expected } from './expected';
import { NamedPayers } from './named-payers';
import { openDays } from './open-days';
import { signedAmountOf, type LedgerTarget } from './resolution.rules';

/** As an employee types it: what a line is, in any number of parts, amounts in the sign of the line. */
export interface TypedResolution {
  expected?: { target: string; amount?: string }[];
  payment?: {
    oneRecordId?: number;
    payerName?: string;
    lines: TypedLine[];
  };
  ledger?: { ledger: LedgerTarget; amount: string }[];
  lines?: { lineId: number; amount: string }[];
  returned?: string;
  note?: string;
}

interface Payer {
  oneRecordId: number | null;
  payerName: string | null;
  lines: PaidLine[];
}

const ANONYMOUS = 'محوّل غير مسمى';

/** What lines of bank statements turn out to be. */
@Injectable()
export class LineResolutions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly lines: BankLines,
    private readonly expected: ExpectedMoney,
    private readonly payers: NamedPayers,
    private readonly paid: PaymentLines,
    private readonly recorder: PaymentRecorder,
    private readonly deposits: Deposits,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Keeps others from what the bank is expected to tell in the currency of the line; before the line itself is held.
   * @throws {Problem} http.not-found
   */
  async holdExpected(lineId: number): Promise<void> {
    const { currency } = await this.lines.get(lineId);
    const accounts = await this.store.reads(BankAccount).findBy({ currency });
    await this.store.hold(
      BankAccount,
      accounts.map(({ id }) => id),
    );
  }

  /**
   * The whole line, in the active unit.
   * @throws {Problem} billing.not-expected, line-settled, exceeds-line; as PaymentRecorder.record and Books.post
   */
  async toTarget(line: BankLine, target: string, caller: Principal | null): Promise<void> {
    await this.lines.claim([{ lineId: line.id, amount: line.amount }]);
    if (/^(account|one-record):/.test(target)) {
      const payer = await this.payers.linesFor(target, line);
      if (!payer) throw new Problem(BANK['billing.not-expected'], { extra: { target } });
      await this.pay(line, { ...payer, payerName: line.counterparty ?? ANONYMOUS }, caller);
    } else {
      const [found] = await this.find(line, [{ target }]);
      if (found!.amount !== line.amount) throw new Problem(BANK['billing.not-expected'], { extra: { target } });
      await this.post(line, [this.met(found!, line.amount, caller?.userId ?? null)], [found!], caller?.userId ?? null);
    }
  }

  /**
   * A line, or a part of it, over what an employee says that it is: money that was expected, a payment, ledgers such as
   * bank charges, other lines that it takes back, what goes back to its payer.
   * @throws {Problem} http.not-found; http.invalid; billing.not-expected, line-settled, exceeds-line, currency-mismatch;
   * as PaymentRecorder.record and Books.post
   */
  resolve(lineId: number, typed: TypedResolution, caller: Principal): Promise<void> {
    return this.uow.run(async () => {
      await this.holdExpected(lineId);
      const line = await this.lines.get(lineId);
      const { currency } = line;
      const by = caller.userId;
      const found = await this.find(line, typed.expected ?? []);
      const parts = found.map((each, at) => {
        const amount = typed.expected![at]!.amount;
        const part = amount === undefined ? each.amount : signedAmountOf(amount, currency, `/expected/${at}/amount`);
        const within = Math.sign(part) === Math.sign(each.amount) && Math.abs(part) <= Math.abs(each.amount);
        if (!within) throw new Problem(BANK['billing.not-expected'], { extra: { target: each.id } });
        return this.met(each, part, by);
      });
      const more = (entries: Settlement['entries'], description: string) =>
        parts.push({ entries, description, document: { type: 'bank-line', id: lineId }, by });
      for (const [at, { ledger, amount }] of (typed.ledger ?? []).entries()) {
        const minor = signedAmountOf(amount, currency, `/ledger/${at}/amount`);
        more([{ ledger, currency, amount: -minor }], 'معالجة سطر كشف بنك');
      }
      const claims = (typed.lines ?? []).map(({ lineId: other, amount }, at) => {
        if (other === lineId) throw invalidField(`/lines/${at}/lineId`, 'sameLine');
        const minor = signedAmountOf(amount, currency, `/lines/${at}/amount`);
        more([{ ledger: 'SUSPENSE', currency, amount: -minor, dimension: lineDimension(other) }], 'تقاص سطري كشف بنك');
        return { lineId: other, amount: -minor };
      });
      if (typed.returned !== undefined) {
        const minor = amountOf(typed.returned, currency, '/returned');
        more([{ ledger: 'RETURNS', currency, amount: -minor, dimension: line.dimension }], 'إعادة مبلغ لدافعه');
      }
      const payer = await this.payer(typed.payment, currency);
      const paying = payer?.lines.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
      const total = parts.flatMap(({ entries }) => entries).reduce((sum, { amount }) => sum - amount, paying);
      if (total === 0) throw invalidField('', 'nothing');
      for (const other of await this.lines.claim([{ lineId, amount: total }, ...claims])) {
        if (other.currency !== currency) throw new Problem(BOOKS['billing.currency-mismatch']);
      }
      const reason = typed.note || null;
      await this.post(
        line,
        parts.map((part) => ({ ...part, reason })),
        found,
        by,
      );
      await this.audit.record({ action: 'billing.bank-line-resolved', detail: { lineId, amount: String(total) } });
      if (payer) await this.pay(line, payer, caller);
    });
  }

  /** @throws {Problem} billing.not-expected */
  private async find(line: BankLine, wanted: readonly { target: string }[]): Promise<Expected[]> {
    if (wanted.length === 0) return [];
    for (const { target } of wanted) {
      const [, id] = /^deposit:(\d{1,15})$/.exec(target) ?? [];
      if (id === undefined || (await this.deposits.keepInTransit(Number(id)))) continue;
      throw new Problem(BANK['billing.not-expected'], { extra: { target } });
    }
    const account = (await this.store.reads(BankAccount).findOneBy({ id: line.bankAccountId }))!;
    const all = new Map((await this.expected.of(account)).map((each) => [each.id, each]));
    return wanted.map(({ target }) => {
      const found = all.get(target);
      if (!found) throw new Problem(BANK['billing.not-expected'], { extra: { target } });
      // The same money is not met twice in one act.
      all.delete(target);
      return found;
    });
  }

  private met(
    { ledger, dimension, currency, document, label }: Expected,
    amount: number,
    by: number | null,
  ): Settlement {
    return { entries: [{ ledger, currency, amount: -amount, dimension }], document, description: label, by };
  }

  /** @param found what the first of the settlements meet */
  private async post(
    line: BankLine,
    settlements: readonly Settlement[],
    found: readonly Expected[],
    by: number | null,
  ): Promise<void> {
    const posted = await this.lines.post(line.id, settlements);
    if (!found.some(({ kind }) => kind === 'DEPOSIT')) return;
    const { iban } = (await this.store.reads(BankAccount).findOneBy({ id: line.bankAccountId }))!;
    for (const [at, { kind, document }] of found.entries()) {
      if (kind !== 'DEPOSIT') continue;
      const { postingId } = posted[at]!;
      await this.deposits.follow(Number(document.id), { account: iban, reference: line.bankReference, by, postingId });
    }
  }

  /** Last in its unit: the next receipt of the bank waits for it. */
  private async pay(line: BankLine, { oneRecordId, payerName, lines }: Payer, caller: Principal | null): Promise<void> {
    const { currency, dimension, bookedOn } = line;
    const { bank } = (await this.store.reads(BankAccount).findOneBy({ id: line.bankAccountId }))!;
    const amount = lines.reduce((sum, each) => sum + each.amount, 0);
    const reference = (line.bankReference ?? line.references?.split('\n')[0])?.slice(0, 60) ?? null;
    const by = caller?.userId ?? null;
    const dayOf = await openDays(this.store, this.clock, [bookedOn]);
    await this.recorder.record({
      channel: 'BANK',
      shiftId: null,
      by,
      on: dayOf(bookedOn),
      till: { code: 'BANK', name: bank, office: 'BANK' },
      cashier: by === null ? bank : ((await this.staff.names([by])).get(by) ?? bank),
      oneRecordId,
      payerName,
      lines,
      tenders: [{ kind: 'BANK', currency, amount, tendered: null, reference, pays: { currency, amount }, dimension }],
      surplus: 'ADVANCE',
    });
  }

  /** @throws {Problem} http.invalid; billing.account-unknown, currency-mismatch */
  private async payer(typed: TypedResolution['payment'], currency: string): Promise<Payer | null> {
    if (!typed) return null;
    const lines = await this.paid.typed(typed.lines, currency, '/payment/lines');
    return { oneRecordId: typed.oneRecordId ?? null, payerName: typed.payerName || null, lines };
  }
}

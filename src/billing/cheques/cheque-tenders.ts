import { Inject, Injectable } from '@nestjs/common';
import { foldDigits } from '@libs/arabic';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, invalidField } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { In, IsNull, Not } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { BOOKS } from '../billing.problems';
import type { DeferredPart } from '../payments/deferred';
import { PaymentLine, PaymentTender, type Payment } from '../payments/payment.entity';
import type { PaidLine } from '../payments/payment-lines';
import type { Tender, TypedTender } from '../payments/payment.rules';
import { Cheque, ChequeLine } from './cheque.entity';
import { chequeDimension, drawerKey, drawerName, duplicateKey, funding, reliefOf, type Funded } from './cheque.rules';
import { ChequeBook } from './cheque-book';
import { ChequePromises } from './cheque-promises';
import { CHEQUES } from './cheques.problems';

/** As the cashier types it off the paper. */
export interface TypedCheque {
  number: string;
  bank: string;
  bankName?: string;
  branch?: string;
  drawer: string;
  drawerId?: string;
  drawerAccount?: string;
  dueOn: string;
}

/** A cheque that a payment is to be made with. */
export type TenderCheque = Pick<
  Cheque,
  | 'id'
  | 'number'
  | 'bank'
  | 'bankName'
  | 'branch'
  | 'drawer'
  | 'drawerId'
  | 'drawerAccount'
  | 'drawerName'
  | 'drawerKey'
  | 'duplicateKey'
  | 'dueOn'
  | 'relief'
>;

interface Accepted {
  tenders: Tender[];
  /** Every part that a cheque pays. */
  funded: Funded[];
  deferred: DeferredPart[];
}

/** A bank refuses a cheque that is older. */
const STALE_DAYS = 180;

/** Cheques as a way to pay at the till. */
@Injectable()
export class ChequeTenders {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly book: ChequeBook,
    private readonly promises: ChequePromises,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Before the payment is posted, in its unit.
   * @throws {Problem} http.invalid: no cheque where one belongs or one where none does, another currency than the debt's,
   * a stale one, one that comes twice; billing.cheque-taken; account-closed
   */
  async accept(
    typed: readonly TypedTender[],
    tenders: readonly Tender[],
    lines: readonly PaidLine[],
  ): Promise<Accepted> {
    typed.forEach(({ kind, cheque, pays }, at) => {
      if ((kind === 'CHEQUE') !== (cheque !== undefined)) {
        throw invalidField(`/tenders/${at}/cheque`, cheque ? 'chequeOnly' : 'required');
      }
      if (cheque && pays) throw invalidField(`/tenders/${at}/pays`, 'ownCurrency');
    });
    if (typed.every(({ cheque }) => !cheque)) return { tenders: [...tenders], funded: [], deferred: [] };
    await this.holdAccounts(lines);
    const ids = await this.ids.many(tenders.length);
    const seen = new Set<string>();
    const accepted: Tender[] = [];
    for (const [at, tender] of tenders.entries()) {
      const { cheque: said } = typed[at]!;
      if (!said) {
        accepted.push(tender);
        continue;
      }
      const cheque = this.read(said, ids[at]!, `/tenders/${at}/cheque`);
      if (seen.has(cheque.duplicateKey!)) throw invalidField(`/tenders/${at}/cheque/number`, 'twice');
      seen.add(cheque.duplicateKey!);
      await this.refuseTaken(cheque);
      accepted.push({ ...tender, dimension: chequeDimension(cheque.id), cheque });
    }
    const funded = funding(lines, accepted).filter(({ tender }) => accepted[tender]!.cheque);
    const deferred = funded
      .filter(({ tender }) => accepted[tender]!.cheque!.relief === 'DEFERRED')
      .map(({ line, tender, amount }) => ({
        line,
        amount,
        currency: lines[line]!.currency,
        dimension: accepted[tender]!.dimension!,
      }));
    return { tenders: accepted, funded, deferred };
  }

  /**
   * After the payment is made, in its unit.
   * @throws {Problem} billing.exceeds-balance, exceeds-charge, charge-settled when cheques promise more than is owed and
   * no advance was agreed to
   */
  async receive(
    { id: paymentId, cashierId }: Payment,
    made: {
      lines: readonly PaidLine[];
      tenders: readonly Tender[];
      funded: readonly Funded[];
      surplus: 'REFUSE' | 'ADVANCE';
    },
  ): Promise<void> {
    const { lines, tenders, funded, surplus } = made;
    if (funded.length === 0) return;
    const order = { id: 'ASC' } as const;
    const lineRows = await this.store.reads(PaymentLine).find({ where: { paymentId }, order });
    const tenderRows = await this.store.reads(PaymentTender).find({ where: { paymentId }, order });
    const cheques = tenders.flatMap(({ cheque, currency, amount }, at): Cheque[] => {
      if (!cheque) return [];
      const received = {
        version: 1,
        state: 'RECEIVED' as const,
        paymentId,
        tenderId: tenderRows[at]!.id,
        currency,
        amount,
      };
      return [{ ...cheque, ...received, returns: 0, replacedById: null, caseNumber: null }];
    });
    const ids = await this.ids.many(funded.length);
    const parts = funded.map(({ line, tender, amount }, at): ChequeLine => {
      const { id: chequeId, relief } = tenders[tender]!.cheque!;
      const { id: paymentLineId, accountId, creditId } = lineRows[line]!;
      const chargeIds = lines[line]!.chargeIds ?? null;
      const credited = relief === 'NOW' ? creditId : null;
      return { id: ids[at]!, chequeId, paymentLineId, accountId, amount, chargeIds, creditId: credited };
    });
    await this.store.insert(Cheque, cheques);
    await this.store.insert(ChequeLine, parts);
    await this.book.write(cheques.map(({ id }) => ({ chequeId: id, from: null, to: 'RECEIVED', by: cashierId })));
    if (surplus === 'REFUSE') await this.promises.refuseTooMuch(parts.filter(({ creditId }) => creditId === null));
  }

  private async holdAccounts(lines: readonly PaidLine[]): Promise<void> {
    const ids = [...new Set(lines.map(({ accountId }) => accountId))];
    await this.store.hold(Account, ids);
    const closed = await this.store.reads(Account).findOneBy({ id: In(ids), state: Not('OPEN') });
    if (closed) throw new Problem(BOOKS['billing.account-closed'], { extra: { accountId: closed.id } });
  }

  private read(said: TypedCheque, id: number, pointer: string): TenderCheque {
    const today = localDateOf(this.clock.now());
    const { drawer, dueOn } = said;
    if (dueOn < addDays(today, -STALE_DAYS)) throw invalidField(`${pointer}/dueOn`, 'stale');
    const bank = said.bank.toUpperCase();
    const [drawerId, drawerAccount] = [said.drawerId, said.drawerAccount].map(
      (text) => text && foldDigits(text).toUpperCase(),
    );
    const whose = {
      bank,
      drawerName: drawerName(drawer),
      drawerId: drawerId || null,
      drawerAccount: drawerAccount || null,
    };
    const number = foldDigits(said.number);
    return {
      id,
      number,
      bankName: said.bankName || bank,
      branch: said.branch || null,
      drawer,
      ...whose,
      drawerKey: drawerKey(whose),
      duplicateKey: duplicateKey(whose, number),
      dueOn,
      relief: reliefOf(this.config.chequeRelief, dueOn, today),
    };
  }

  /** One that was typed without the account of its drawer is known by the drawer's name. */
  private async refuseTaken({ bank, number, drawerName: name, drawerAccount }: TenderCheque): Promise<void> {
    const known = await this.store.reads(Cheque).findBy({ bank, number, duplicateKey: Not(IsNull()) });
    const taken = known.find((other) =>
      drawerAccount !== null && other.drawerAccount !== null
        ? drawerAccount === other.drawerAccount
        : name === other.drawerName || drawerAccount === other.drawerAccount,
    );
    if (taken) throw new Problem(CHEQUES['billing.cheque-taken'], { extra: { chequeId: taken.id, number } });
  }
}

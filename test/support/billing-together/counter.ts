import { addDays } from '@libs/calendar';
import { formatAmount } from '@libs/money';
import { Desk } from './desk';

type Currency = 'ILS' | 'JOD';

/** Acts at the counter: payments and their undoing, cheques, deposits. */
export class Counter extends Desk {
  protected async charge() {
    const accounts = await this.rows<any>(
      `SELECT "id" FROM "billing_accounts" WHERE "state" = 'OPEN' AND "closed_on" IS NULL ORDER BY "id"`,
    );
    const dueOn = addDays(this.today(), -this.below(120));
    const head = this.pick(['WATER', 'WASTE', 'PROPERTY_TAX']);
    await this.books.charge(this.pick(accounts).id, 1000 + this.below(40_000), { head, dueOn });
  }

  protected async pay() {
    const foreign = this.chance(0.12);
    const currency: Currency = foreign ? 'JOD' : this.chance(0.8) ? 'ILS' : 'JOD';
    const lines = [];
    for (const account of this.some(await this.accounts(currency), 3)) {
      const open = await this.openCharges(account.id);
      const owed = open.reduce((sum, { outstanding }) => sum + outstanding, 0);
      const named = this.chance(0.3) && open.length > 0 ? [this.pick(open)] : undefined;
      const most = named ? named[0]!.outstanding : owed;
      const minor =
        most > 0 && this.chance(0.75) ? (this.chance(0.4) ? most : 1 + this.below(most)) : 1 + this.below(20_000);
      lines.push({ accountId: account.id, minor, ...(named && { chargeIds: named.map(({ id }) => id) }) });
    }
    if (lines.length === 0) return;
    if (this.chance(0.3)) await this.closing(lines);
    const total = lines.reduce((sum, { minor }) => sum + minor, 0);
    await this.act('pay', '/payments', {
      payerName: 'دافع',
      lines: lines.map(({ minor, ...line }) => ({ ...line, amount: formatAmount(minor, currency) })),
      tenders: foreign ? await this.exchanged(total) : this.tenders(total, currency),
      acceptAdvance: this.chance(0.6),
      useReliefs: this.chance(0.8),
    });
  }

  /** What the quote says that closes each account. */
  protected async closing(lines: { accountId: number; minor: number; chargeIds?: number[] }[]) {
    const asked = lines.map(({ accountId, chargeIds }) => ({ accountId, ...(chargeIds && { chargeIds }) }));
    const quote = await this.act('quote', '/payments/quote', { lines: asked });
    for (const [at, line] of (quote?.lines ?? []).entries()) {
      if (Number(line.closes.amount) > 0) lines[at]!.minor = Number(line.closes.amount);
    }
  }

  protected tenders(total: number, currency: Currency) {
    const tenders = [];
    for (let left = total; left > 0;) {
      const minor = tenders.length > 1 || this.chance(0.6) ? left : 1 + this.below(left);
      left -= minor;
      const amount = formatAmount(minor, currency);
      const kind = this.pick(['CASH', 'CASH', 'CASH', 'CARD', 'TRANSFER', 'CHEQUE', 'CHEQUE'] as const);
      if (kind === 'CHEQUE') {
        const dueOn = addDays(this.today(), this.pick([-3, 0, 0, 1, 4, 20]));
        tenders.push(this.desk.tender(amount, { dueOn }, currency));
      } else tenders.push({ kind, currency, amount, ...(kind !== 'CASH' && { reference: `R${this.below(1e6)}` }) });
    }
    return tenders;
  }

  protected async exchanged(total: number) {
    const owed = encodeURIComponent(formatAmount(total, 'JOD'));
    const path = `/exchange-rates/quote?owed=${owed}&owedCurrency=JOD&paidCurrency=ILS`;
    const { body } = await this.app.request('GET', path, { as: 'cashier' });
    const amount = formatAmount(Number(body.price?.amount ?? 1), 'ILS');
    const kind = this.pick(['CASH', 'CARD']);
    return [{ kind, currency: 'ILS', amount, pays: { currency: 'JOD', amount: formatAmount(total, 'JOD') } }];
  }

  protected async undoPayment() {
    const serial = await this.receipt();
    if (!serial) return;
    const how = this.pick(['void', 'reverse']);
    const body = { reason: 'خطأ في الإدخال', ...(how === 'reverse' && { payingShiftId: this.shiftId }) };
    await this.act(how, `/payments/${serial}/${how}`, body, 'supervisor');
  }

  protected async undoPart() {
    const serial = await this.receipt();
    if (!serial) return;
    const { body } = await this.app.request('GET', `/payments/${serial}`, { as: 'cashier' });
    const { accountId, paid } = this.pick(body.lines as any[]);
    const { currency, amount } = paid;
    const minor = this.chance(0.2) ? Number(amount) : 1 + this.below(Number(amount));
    const lines = [{ accountId, amount: formatAmount(minor, currency) }];
    const part = { lines, reason: 'خطأ في جزء', payingShiftId: this.shiftId };
    await this.act('part', `/payments/${serial}/partial-reversal`, part, 'supervisor');
  }

  protected async cheque() {
    const dice = this.next();
    if (dice < 0.3)
      await this.act('hold', '/cheques/hold', { chequeIds: await this.cheques('RECEIVED') }, 'supervisor');
    else if (dice < 0.55) {
      const chequeIds = await this.cheques('HELD', 'DUE', 'RETURNED');
      await this.act('cheque-deposit', '/cheque-deposits', { chequeIds, ...this.bankOf() }, 'supervisor');
    } else if (dice < 0.9) {
      const items = await this.rows<{ deposit_id: number; cheque_id: number }>(
        `SELECT "deposit_id", "cheque_id" FROM "cheque_deposit_items" WHERE "outcome" = 'PENDING' ORDER BY "cheque_id"`,
      );
      if (items.length === 0) return;
      const { deposit_id } = this.pick(items);
      const ids = this.some(items.filter((each) => each.deposit_id === deposit_id).map((each) => each.cheque_id));
      const back = ids.filter(() => this.chance(0.4));
      const cleared = ids.filter((id) => !back.includes(id));
      const returned = back.map((chequeId) => ({ chequeId, reason: 'عدم كفاية الرصيد' }));
      await this.act('answer', `/cheque-deposits/${deposit_id}/outcomes`, { cleared, returned }, 'supervisor');
    } else {
      const [id] = await this.cheques('RETURNED', 'LEGAL');
      const receipt = await this.receipt();
      if (!id) return;
      if (this.chance(0.3) || !receipt)
        await this.act('refer', `/cheques/${id}/refer`, { caseNumber: `${id}/2026` }, 'supervisor');
      else await this.act('replace', `/cheques/${id}/replace`, { receipt }, 'supervisor');
    }
  }

  protected async deposit() {
    const open = await this.rows<any>(`SELECT "id" FROM "deposits" WHERE "state" <> 'CONFIRMED' ORDER BY "id"`);
    if (open.length > 0 && this.chance(0.4)) {
      const body = { bankAccount: this.bankOf().bankAccount, bankReference: `D${this.below(1e6)}` };
      await this.act('deposit-confirm', `/deposits/${this.pick(open).id}/confirm`, body, 'officer');
    } else if (
      this.closed.length > 0 &&
      (await this.act('deposit', '/deposits', { shiftIds: this.closed }, 'supervisor'))
    )
      this.closed = [];
  }

  protected async receipt(): Promise<string | undefined> {
    const rows = await this.rows<{ serial: string }>(
      `SELECT r."serial" FROM "receipts" r JOIN "payments" p ON p."id" = r."payment_id"
       WHERE p."state" = 'POSTED' ${this.chance(0.5) ? `AND p."paid_on" = '${this.today()}'` : ''} ORDER BY r."id"`,
    );
    return rows.length > 0 ? this.pick(rows).serial : undefined;
  }

  protected async cheques(...states: string[]): Promise<number[]> {
    const sql = `SELECT "id" FROM "cheques" WHERE "state" IN (${states.map((state) => `'${state}'`).join(', ')}) ORDER BY "id"`;
    return this.some(
      (await this.rows<{ id: number }>(sql)).map(({ id }) => id),
      4,
    );
  }
}

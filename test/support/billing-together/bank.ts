import { formatAmount } from '@libs/money';
import { Counter } from './counter';

/** Acts of the bank and the gateway. */
export class Bank extends Counter {
  protected async online() {
    const waiting = await this.rows<any>(
      `SELECT "id", "state", "reference", "amount", "suspense" FROM "gateway_transactions" ORDER BY "id"`,
    );
    const dice = this.next();
    if (dice < 0.35 || waiting.length === 0) {
      const [account] = this.some(await this.accounts('ILS'), 1);
      if (!account?.one_record_id) return;
      const minor = 100 + this.below(30_000);
      const lines = [{ accountId: account.id, amount: formatAmount(minor, 'ILS') }];
      const made = await this.act(
        'link',
        '/gateway-transactions',
        { oneRecordId: account.one_record_id, lines, acceptAdvance: this.chance(0.7) },
        'clerk',
      );
      if (made) await this.onlineDesk.open(made.link);
      return;
    }
    const { id, reference, amount, suspense } = this.pick(waiting);
    if (dice < 0.75) {
      if (!reference) return;
      const status = this.pick(['SUCCESS', 'SUCCESS', 'FAILED', 'EXPIRED']);
      const { status: code, body } = await this.onlineDesk.callback(
        { reference, amount },
        { status, failureCode: status === 'FAILED' ? 'X' : null },
      );
      this.count(`callback-${status}`, code, body);
    } else if (suspense !== null && this.chance(0.7)) {
      const account = this.pick(await this.accounts('ILS'));
      const lines = [{ accountId: account.id, amount: formatAmount(amount, 'ILS') }];
      await this.act('assign', `/gateway-transactions/${id}/assign`, { lines }, 'supervisor');
    } else await this.act('refund', `/gateway-transactions/${id}/refund`, { reason: 'دفع مرتين' }, 'supervisor');
  }

  protected async bank() {
    const lines = await this.rows<any>(`SELECT "id", "amount" FROM "bank_lines" ORDER BY "id" DESC`);
    const dice = this.next();
    if (dice < 0.3 || lines.length === 0) return this.statement();
    const { id } = this.pick(lines.slice(0, 12));
    const line = await this.bankDesk.line(id);
    const open = Number(line.open);
    if (dice < 0.75 && open !== 0) return this.resolve(id, open);
    const standing = line.postings.filter(({ reversed, kind }: any) => !reversed && kind !== 'REVERSAL');
    if (standing.length === 0) return;
    const postingIds = [this.pick(standing as any[]).postingId];
    await this.act('line-undo', `/bank-lines/${id}/undo`, { postingIds, reason: 'سُجلت خطأ' }, 'supervisor');
  }

  protected async statement() {
    const expected = await this.expected();
    const movements = Array.from({ length: 1 + this.below(3) }, () => {
      const minor = this.chance(0.6) && expected.length > 0 ? this.pick(expected).amount : 100 + this.below(20_000);
      const sign = this.chance(0.1) ? -1 : 1;
      return { amount: ((sign * minor) / 100).toFixed(2), text: 'حوالة', from: 'سامر عودة' };
    });
    await this.importStatement(movements);
  }

  protected async resolve(id: number, open: number) {
    const part = this.chance(0.6) ? open : Math.trunc(open * this.next()) || open;
    const amount = formatAmount(part, 'ILS').replaceAll(',', '');
    const expected = (await this.expected()).filter((each) => Math.sign(each.amount) === Math.sign(part));
    const account = this.pick(await this.accounts('ILS'));
    const ways: object[] = [
      { ledger: [{ ledger: this.pick(['BANK_CHARGES', 'BANK_INTEREST', 'OVER_SHORT']), amount }] },
    ];
    if (part > 0) {
      ways.push({ returned: amount });
      for (let n = 0; n < 3; n++)
        ways.push({ payment: { payerName: 'محوّل', lines: [{ accountId: account.id, amount }] } });
    }
    if (expected.length > 0) {
      const { target, amount: whole } = this.pick(expected);
      const least = Math.abs(whole) < Math.abs(part) ? whole : part;
      for (let n = 0; n < 4; n++)
        ways.push({ expected: [{ target, amount: formatAmount(least, 'ILS').replaceAll(',', '') }] });
    }
    await this.act('resolve', `/bank-lines/${id}/resolve`, this.pick(ways), 'officer');
  }
}

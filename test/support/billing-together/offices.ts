import { addDays } from '@libs/calendar';
import { formatAmount } from '@libs/money';
import { Bank } from './bank';

/** Acts of the offices: bills, corrections, plans, transfers, campaigns, warnings, clearances, shares, months. */
export class Offices extends Bank {
  protected async adjust() {
    const known = await this.rows<any>(
      `SELECT "id", "state", "version" FROM "adjustments" WHERE "state" IN ('PROPOSED', 'POSTED') ORDER BY "id"`,
    );
    if (known.length > 0 && this.chance(0.5)) {
      const { id, state, version } = this.pick(known.slice(-6));
      const verb = state === 'POSTED' ? 'reverse' : this.chance(0.8) ? 'approve' : 'reject';
      await this.act(
        `adjustment-${verb}`,
        `/billing/adjustments/${id}/${verb}`,
        verb === 'approve' ? undefined : { reason: 'خطأ' },
        'supervisor',
        version,
      );
      return;
    }
    const account = this.pick(await this.accounts());
    const shared = { reason: 'قراءة عداد خاطئة', documentNumber: 'م.م 2026/114' };
    if (this.chance(0.4)) {
      const head = this.pick(['WATER', 'WASTE', 'PROPERTY_TAX']);
      const amount = formatAmount(1 + this.below(20_000), account.currency);
      await this.act(
        'debit-note',
        '/billing/adjustments/debit-notes',
        { ...shared, accountId: account.id, head, amount },
        'officer',
      );
      return;
    }
    const charges = await this.rows<any>(
      `SELECT "id", "amount" - "cancelled" AS "most" FROM "charges" WHERE "account_id" = ? AND "amount" > "cancelled" ORDER BY "id"`,
      [account.id],
    );
    if (charges.length === 0) return;
    const { id: chargeId, most } = this.pick(charges);
    const kind = this.pick(['credit-notes', 'write-offs']);
    const amount = formatAmount(this.chance(0.4) ? most : 1 + this.below(most), account.currency);
    await this.act(kind, `/billing/adjustments/${kind}`, { ...shared, chargeId, amount }, 'officer');
  }

  protected async billRun() {
    const runs = await this.rows<any>(
      `SELECT "id", "state", "version", (SELECT COUNT(*) FROM "bills" b WHERE b."run_id" = "bill_runs"."id") AS "bills" FROM "bill_runs" WHERE "state" NOT IN ('CANCELLED', 'REVERSED') ORDER BY "id"`,
    );
    const { id, state, version, bills } = runs.at(-1) ?? {};
    const path = `/billing/bill-runs/${id}`;
    if (!id || (['POSTED', 'ISSUED'].includes(state) && this.chance(0.6))) {
      const period = this.today().slice(0, 7);
      await this.act(
        'run-create',
        '/billing/bill-runs',
        { feeder: 'recurring', period, issueOn: this.today(), dueOn: addDays(this.today(), this.pick([0, 5])) },
        'officer',
      );
    } else if (state === 'DRAFT') await this.act('run-calculate', `${path}/calculate`, undefined, 'officer', version);
    else if (state === 'CALCULATED' && bills > 0)
      await this.act('run-review', `${path}/review`, undefined, 'officer2', version);
    else if (state === 'CALCULATED')
      await this.act('run-cancel', `${path}/cancel`, { reason: 'فارغة' }, 'officer', version);
    else if (state === 'REVIEWED') await this.act('run-post', `${path}/post`, undefined, 'supervisor', version);
    else if (state === 'POSTED' && this.chance(0.4))
      await this.act('run-issue', `${path}/issue`, undefined, 'officer', version);
    else await this.act('run-reverse', `${path}/reverse`, { reason: 'تعرفة خاطئة' }, 'supervisor', version);
    await this.app.drain();
  }

  protected async plan() {
    const plans = await this.rows<any>(
      `SELECT "id", "version", "state" FROM "instalment_plans" WHERE "state" IN ('DRAFT', 'ACTIVE') ORDER BY "id"`,
    );
    const terms = { downPayment: '10', instalments: 2 + this.below(4), firstDueOn: addDays(this.today(), 20) };
    if (plans.length > 0 && this.chance(0.5)) {
      const { id, version, state } = this.pick(plans);
      const verb =
        state === 'DRAFT' ? this.pick(['activate', 'activate', 'cancel']) : this.pick(['cancel', 'restructure']);
      const body = verb === 'activate' ? {} : verb === 'cancel' ? { reason: 'بطلب المكلف' } : terms;
      await this.act(
        `plan-${verb}`,
        `/billing/instalment-plans/${id}/${verb}`,
        body,
        this.pick(['officer', 'supervisor']),
        version,
      );
    } else
      await this.act(
        'plan',
        `/one-records/${this.pick(this.records)}/instalment-plans`,
        { ...terms, currency: 'ILS' },
        'officer',
      );
  }

  protected async transfer() {
    const all = await this.rows<any>(
      `SELECT "id", "version", "state" FROM "account_transfers" WHERE "state" IN ('PROPOSED', 'POSTED') ORDER BY "id"`,
    );
    if (all.length > 0 && this.chance(0.6)) {
      const { id, version, state } = this.pick(all.slice(-3));
      const verb = state === 'POSTED' ? 'reverse' : this.chance(0.85) ? 'approve' : 'reject';
      await this.act(
        `transfer-${verb}`,
        `/billing/transfers/${id}/${verb}`,
        verb === 'approve' ? undefined : { reason: 'لم يتم البيع' },
        'supervisor',
        version,
      );
      return;
    }
    const carry = this.chance(0.5);
    await this.act(
      'transfer',
      '/billing/transfers',
      {
        ...{ accountId: this.pick(await this.accounts()).id, buyerId: this.pick(this.records) },
        ...{ soldOn: addDays(this.today(), -this.below(40)), reason: 'بيع شقة', documentNumber: 'عقد 2026/311' },
        ...(carry && { advance: 'CARRY', agreementNumber: 'إقرار 51' }),
        despiteDebt: this.chance(0.7),
      },
      'officer',
    );
  }

  protected async campaign() {
    const donor = this.campaigns.DONOR!;
    const grants = await this.rows<any>(
      `SELECT "id", "campaign_id" FROM "campaign_grants" WHERE "payment_id" IS NULL OR "reverses_id" IS NULL ORDER BY "id"`,
    );
    const dice = this.next();
    const accountIds = [this.pick(await this.accounts('ILS')).id];
    if (dice < 0.3) {
      await this.act(
        'debtors',
        `/billing/campaigns/${donor}/debtors`,
        { accountIds, documentNumber: 'كتاب 77' },
        'officer',
      );
      await this.act('debtors-approve', `/billing/campaigns/${donor}/debtors/approve`, { accountIds }, 'supervisor');
    } else if (dice < 0.5)
      await this.act('settle', `/billing/campaigns/${donor}/settlements`, { accountId: accountIds[0] }, 'officer');
    else if (dice < 0.75 && grants.length > 0) {
      const { id, campaign_id } = this.pick(grants);
      await this.act(
        'grant-reverse',
        `/billing/campaigns/${campaign_id}/grants/${id}/reverse`,
        { reason: 'بقرار المجلس' },
        'supervisor',
      );
    } else {
      const [{ id, state, version }] = this.some(
        await this.rows<any>(`SELECT "id", "state", "version" FROM "campaigns" ORDER BY "id"`),
        1,
      ) as [any];
      const verb = state === 'SUSPENDED' ? 'resume' : 'suspend';
      await this.act(
        `campaign-${verb}`,
        `/billing/campaigns/${id}/${verb}`,
        { reason: 'بقرار المجلس' },
        'supervisor',
        version,
      );
    }
  }

  protected async dun() {
    const runs = await this.rows<any>(
      `SELECT "id", "version" FROM "dunning_runs" WHERE "state" = 'LISTED' ORDER BY "id"`,
    );
    const warnings = await this.rows<any>(`SELECT "serial", "version", "state" FROM "warnings" ORDER BY "id"`);
    if (runs.length > 0) {
      const { id, version } = runs[0];
      const done = await this.act('dun-issue', `/billing/dunning-runs/${id}/issue`, undefined, 'supervisor', version);
      if (!done)
        await this.act('dun-cancel', `/billing/dunning-runs/${id}/cancel`, { reason: 'لا أحد' }, 'officer', version);
      await this.app.drain();
    } else if (warnings.length > 0 && this.chance(0.5)) {
      const { serial, version, state } = this.pick(warnings);
      const served = { means: 'IN_PERSON', on: this.today(), to: 'زوجته', server: 'المبلّغ رائد' };
      const body = state === 'ISSUED' && this.chance(0.7) ? ['serve', served] : ['withdraw', { reason: 'بيع العقار' }];
      await this.act(`warning-${body[0]}`, `/billing/warnings/${serial}/${body[0]}`, body[1], 'supervisor', version);
    } else {
      await this.act('dun', '/billing/dunning-runs', {}, 'officer');
      await this.app.drain();
    }
  }

  protected clearance() {
    return this.act('clearance', `/one-records/${this.pick(this.records)}/clearances`, {}, 'clerk');
  }

  protected async share() {
    const dice = this.next();
    const month = addDays(`${this.today().slice(0, 7)}-01`, -1).slice(0, 7);
    if (dice < 0.5)
      await this.act(
        'share-settle',
        `/billing/shares/partners/${this.partner}/settlements`,
        { period: month },
        'officer',
      );
    else if (dice < 0.7) {
      const body = {
        currency: 'ILS',
        amount: '5',
        ...{ bankAccount: this.bankOf().bankAccount, reference: `S${this.below(1e6)}` },
      };
      await this.act('remit', `/billing/shares/partners/${this.partner}/remittances`, body, 'supervisor');
    } else {
      const [what, table] = this.pick([
        ['settlements', 'share_settlements'],
        ['remittances', 'share_remittances'],
      ] as const);
      const [last] = (await this.rows<any>(`SELECT "id" FROM "${table}" ORDER BY "id" DESC`)) as any[];
      if (last)
        await this.act(
          `share-${what}-reverse`,
          `/billing/shares/${what}/${last.id}/reverse`,
          { reason: 'خطأ' },
          'supervisor',
        );
    }
  }

  protected async period() {
    const closed = await this.rows<any>(
      `SELECT MAX("period") AS "period" FROM "ledger_periods" WHERE "state" = 'CLOSED'`,
    );
    const last: string | null = closed[0]?.period ?? null;
    const next = last === null ? '2026-11' : addDays(`${last}-28`, 5).slice(0, 7);
    const shut = last === null || this.chance(0.6);
    const month = shut ? next : last;
    if (shut) await this.act('close', `/billing/periods/${month}/close`, {}, 'supervisor');
    else await this.act('reopen', `/billing/periods/${month}/reopen`, { reason: 'قيد تسوية' }, 'supervisor');
  }
}

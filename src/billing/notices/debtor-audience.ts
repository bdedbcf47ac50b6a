import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { CURRENCIES } from '@libs/money';
import { Store } from '@libs/persistence';
import { AudienceSources, type AudiencePage, type AudienceParameters } from '../../notifications';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { amountOf } from '../till/amounts';
import { LINKED, WRITTEN_TO } from './account-audience';

const DEBTORS = {
  code: 'billing.debtors',
  about: { ar: 'من تجاوزت مستحقاتهم المتأخرة مبلغاً', en: 'People whose overdue debts exceed an amount' },
  parameters: [
    {
      name: 'above',
      kind: 'amount',
      required: true,
      about: { ar: 'المبلغ', en: 'Amount' },
    },
    {
      name: 'currency',
      kind: 'text',
      required: true,
      values: CURRENCIES,
      about: { ar: 'العملة', en: 'Currency' },
    },
    {
      name: 'serviceType',
      kind: 'text',
      required: false,
      values: SERVICE_TYPES,
      about: { ar: 'الخدمة؛ الافتراضي: كلها', en: 'Service; default: all of them' },
    },
  ],
} as const;

/** Whoever owes too much, over all accounts of the person. */
@Injectable()
export class DebtorAudience implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly sources: AudienceSources,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const check = async (parameters: AudienceParameters) => void least(parameters);
    this.sources.register({ ...DEBTORS, check, page: (...args) => this.page(...args) });
  }

  private async page(asked: AudienceParameters, after: string | null, limit: number): Promise<AudiencePage> {
    const { currency, serviceType } = asked;
    const service = serviceType === undefined ? '' : ' AND a."service_type" = ?';
    const due = `c."outstanding" > 0 AND c."due_on" <= ? AND a."currency" = ?${service}`;
    const parameters = [localDateOf(this.clock.now()), currency, ...(serviceType === undefined ? [] : [serviceType])];
    const rows = await this.store.sql<{ id: number | string }>(
      this.store.page(
        `SELECT r."id" FROM "one_records" r
         WHERE r."id" > ? AND ${WRITTEN_TO} AND
           COALESCE((SELECT SUM(c."outstanding") FROM "billing_accounts" a JOIN "charges" c ON c."account_id" = a."id"
             WHERE a."one_record_id" = r."id" AND ${due}), 0)
           + COALESCE((SELECT SUM(c."outstanding") FROM ${LINKED}
             JOIN "charges" c ON c."account_id" = a."id" WHERE l."one_record_id" = r."id" AND ${due}), 0) > ?`,
        'r."id"',
        0,
        limit,
      ),
      [Number(after ?? 0), ...parameters, ...parameters, least(asked)],
    );
    const ids = rows.map(({ id }) => Number(id));
    const members = ids.map((oneRecordId) => ({ oneRecordId }));
    return { members, next: ids.length < limit ? null : String(ids.at(-1)) };
  }
}

/** Minor units; notices of before say those, as a number. @throws {Problem} http.invalid */
const least = ({ above, currency }: AudienceParameters): number =>
  typeof above === 'number' ? above : amountOf(above as string, currency as string, '/audience/parameters/above', 0);

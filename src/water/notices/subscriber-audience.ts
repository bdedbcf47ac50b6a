import { Injectable, type OnModuleInit } from '@nestjs/common';
import { invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { AccountAudience, type AccountCondition } from '../../billing';
import { AudienceSources, type AudienceParameters } from '../../notifications';
import { SUPPLIED_STATES, WITH_ZONE, ZONE_OF_SUBSCRIPTION } from '../network/zones';
import { Route, WATER_CLASSES, Zone } from '../subscriptions/subscription.entity';

const SUBSCRIBERS = {
  code: 'water.subscribers',
  about: {
    ar: 'مشتركو المياه، بحسب المنطقة أو خط السير أو الفئة',
    en: 'Water subscribers, by zone, route or class',
  },
  parameters: [
    { name: 'zone', kind: 'text', required: false, about: { ar: 'رمز المنطقة', en: 'Code of a zone' } },
    { name: 'route', kind: 'text', required: false, about: { ar: 'رمز خط السير', en: 'Code of a route' } },
    {
      name: 'waterClass',
      kind: 'text',
      required: false,
      values: WATER_CLASSES,
      about: { ar: 'فئة الاشتراك', en: 'Class of subscription' },
    },
    {
      name: 'withUnlinked',
      kind: 'flag',
      required: false,
      about: {
        ar: 'ومن لا سجل موحداً له، إلى الهاتف المعروف في النظام القديم',
        en: 'Also payers without a record, at the phone that the old system knows',
      },
    },
  ],
} as const;

/** Whoever has water, or would have it. */
@Injectable()
export class SubscriberAudience implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly sources: AudienceSources,
    private readonly accounts: AccountAudience,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      ...SUBSCRIBERS,
      check: (parameters) => this.check(parameters),
      page: (parameters, after, limit) =>
        this.accounts.page(conditionOf(parameters), after, limit, { withUnlinked: parameters.withUnlinked === true }),
    });
  }

  private async check({ zone, route }: AudienceParameters): Promise<void> {
    for (const [name, entity, code] of [
      ['zone', Zone, zone],
      ['route', Route, route],
    ] as const) {
      if (code === undefined) continue;
      if (!(await this.store.reads<Zone | Route>(entity).existsBy({ code: code as string }))) {
        throw invalidField(`/audience/parameters/${name}`, 'unknown');
      }
    }
  }
}

function conditionOf({ zone, route, waterClass }: AudienceParameters): AccountCondition {
  const wanted = [
    { sql: ` AND z."code" = ?`, value: zone },
    { sql: ` AND r."code" = ?`, value: route },
    { sql: ` AND s."water_class" = ?`, value: waterClass },
  ].filter(({ value }) => value !== undefined);
  return {
    sql: `EXISTS (SELECT 1 FROM "water_subscriptions" s ${WITH_ZONE}
      LEFT JOIN "water_zones" z ON z."id" = ${ZONE_OF_SUBSCRIPTION}
      WHERE s."account_id" = a."id" AND s."state" IN (${SUPPLIED_STATES.map(() => '?').join(', ')})${wanted
        .map(({ sql }) => sql)
        .join('')})`,
    parameters: [...SUPPLIED_STATES, ...wanted.map(({ value }) => value)],
  };
}

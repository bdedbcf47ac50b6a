import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { IsNull } from 'typeorm';
import { Audit } from '../../identity';
import { ChargeHeads } from '../accounts/charge-heads';
import { typedAmount } from '../adjustments/typed-amount';
import type { CreatePenaltyRule } from './penalties.dto';
import { PENALTIES } from './penalties.problems';
import { PenaltyRule } from './penalty.entity';

/** The dated rules of what lateness costs. */
@Injectable()
export class PenaltyRules {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By head or service, currency and day. */
  all(): Promise<PenaltyRule[]> {
    const order = { head: 'ASC', serviceType: 'ASC', currency: 'ASC', validFrom: 'ASC', id: 'ASC' } as const;
    return this.store.reads(PenaltyRule).find({ order });
  }

  /** @throws {Problem} http.invalid; billing.head-unknown, penalty-rule-exists */
  create(input: CreatePenaltyRule, by: Principal): Promise<PenaltyRule> {
    const { head = null, serviceType = null, currency, validFrom, method, startDays, documentNumber } = input;
    if ((head === null) === (serviceType === null)) throw invalidField('/head', 'headOrService');
    // A penalty on penalties would compound.
    if (head === 'PENALTY') throw invalidField('/head', 'noPenaltyOnPenalties');
    if ((method === 'FLAT') !== (input.flatAmount !== undefined)) throw invalidField('/flatAmount', 'forFlatOnly');
    if ((method === 'FLAT') !== (input.ratePpm === undefined)) throw invalidField('/ratePpm', 'notForFlat');
    const flatAmount =
      input.flatAmount === undefined ? null : typedAmount(input.flatAmount, currency, '/flatAmount', 0);
    return this.uow.run(async () => {
      if (head !== null) await this.heads.require([head]);
      const same = { head: head ?? IsNull(), serviceType: serviceType ?? IsNull(), currency, validFrom };
      if (await this.store.reads(PenaltyRule).existsBy(same)) {
        throw new Problem(PENALTIES['billing.penalty-rule-exists']);
      }
      const rule: PenaltyRule = {
        id: await this.ids.one(),
        head,
        serviceType,
        currency,
        validFrom,
        startDays,
        method,
        ratePpm: input.ratePpm ?? null,
        flatAmount,
        capPpm: input.capPpm ?? null,
        documentNumber,
        createdBy: by.userId,
        createdAt: this.clock.now(),
      };
      await this.store.insert(PenaltyRule, rule);
      await this.audit.record({ action: 'billing.penalty-rule-created', detail: { ruleId: rule.id, documentNumber } });
      return rule;
    });
  }
}

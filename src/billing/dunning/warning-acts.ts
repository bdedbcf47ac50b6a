import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { StaleVersionError, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { deadlineOf, standingOf } from './dunning.rules';
import { DUNNING } from './dunning.problems';
import { Warning, WarningCharge, type ServiceMeans, type WarningState } from './warning.entity';
import type { DecideObjection, RecordObjection, RecordService } from './warnings.dto';
import { Warnings, type WarningNow } from './warnings';

const OPEN: readonly WarningState[] = ['ISSUED', 'SERVED', 'EXPIRED', 'REFERRED'];

interface Act {
  from: readonly WarningState[];
  verb: string;
  detail?: object;
}

/** What happens to a warning after it was issued. Every act begins from where it stands today, whatever the last night found. */
@Injectable()
export class WarningActs {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly warnings: Warnings,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The record of service; the days to pay run from its day on.
   * @throws {Problem} billing.sms-is-no-service; http.invalid for what the means needs, or a day before the issue or to
   * come; as {@link act}
   */
  serve(serial: string, version: number, input: RecordService, by: Principal): Promise<WarningNow> {
    const { means, on, to = null, server, witness = null, refused = false, mailNumber = null } = input;
    if (means === 'SMS') throw new Problem(DUNNING['billing.sms-is-no-service']);
    const missing = missingFor(means as ServiceMeans, { to, witness, refused, mailNumber });
    if (missing) throw invalidField(missing, 'required');
    return this.act(serial, version, { from: ['ISSUED'], verb: 'served', detail: { means, on } }, ({ warning }) => {
      this.within('/on', on, localDateOf(warning.issuedAt));
      const service = { means: means as ServiceMeans, on, to, server, witness, refused, mailNumber };
      const deadlineOn = deadlineOf(on, warning.content.payDays);
      return { state: 'SERVED', deadlineOn, service: { ...service, ...this.recorded(by) } };
    });
  }

  /**
   * An objection at court, which suspends the warning; recorded later too, as long as it was made in time.
   * @throws {Problem} billing.objection-late; http.invalid for a day before the service or to come; as {@link act}
   */
  object(serial: string, version: number, input: RecordObjection, by: Principal): Promise<WarningNow> {
    const act = { from: ['SERVED', 'EXPIRED'] as const, verb: 'objected', detail: input };
    return this.act(serial, version, act, ({ warning: { service, deadlineOn } }) => {
      this.within('/on', input.on, service!.on);
      if (input.on > deadlineOn!) throw new Problem(DUNNING['billing.objection-late'], { extra: { deadlineOn } });
      return { state: 'OBJECTED', objection: { ...input, decision: null, ...this.recorded(by) } };
    });
  }

  /**
   * What the court decided: an objection that is upheld ends the warning, after one that is dismissed it stands as before.
   * @throws {Problem} http.invalid for a day before the objection or to come; as {@link act}
   */
  decide(serial: string, version: number, input: DecideObjection, by: Principal): Promise<WarningNow> {
    const act = { from: ['OBJECTED'] as const, verb: 'objection-decided', detail: input };
    return this.act(serial, version, act, ({ warning, outstanding }) => {
      this.within('/on', input.on, warning.objection!.on);
      const objection = { ...warning.objection!, decision: { ...input, ...this.recorded(by) } };
      if (input.outcome === 'UPHELD') return { objection, ...this.withdrawn('الاعتراض مقبول', by) };
      const state = standingOf({ ...warning, state: 'SERVED' }, outstanding.size > 0, this.today());
      return { objection, state };
    });
  }

  /** To the legal department, for seizure. @throws {Problem} as {@link act}: before the days have run out, or once paid */
  refer(serial: string, version: number, number: string, by: Principal): Promise<WarningNow> {
    const act = { from: ['EXPIRED'] as const, verb: 'referred', detail: { number } };
    return this.act(serial, version, act, () => ({
      state: 'REFERRED',
      referral: { number, ...this.recorded(by) },
    }));
  }

  /** Its charges may be warned of again. @throws {Problem} as {@link act} */
  withdraw(serial: string, version: number, reason: string, by: Principal): Promise<WarningNow> {
    const act = { from: OPEN, verb: 'withdrawn', detail: { reason } };
    return this.act(serial, version, act, () => this.withdrawn(reason, by));
  }

  /** Writes down where a warning stands today. Inside a unit of work. @throws {StaleVersionError} */
  async settle({ warning, standing, outstanding }: WarningNow): Promise<void> {
    await this.store.updateVersioned(Warning, warning, { state: standing });
    await this.keep(warning, standing, outstanding);
    const detail = { serial: warning.serial, from: warning.state, to: standing };
    await this.audit.record({ action: 'billing.warning-reviewed', detail });
  }

  /** @throws {Problem} http.not-found; billing.warning-altered, warning-state @throws {StaleVersionError} */
  private act(
    serial: string,
    version: number,
    { from, verb, detail }: Act,
    decide: (now: WarningNow) => Partial<Warning> & { state: WarningState },
  ): Promise<WarningNow> {
    return this.uow.run(async () => {
      const now = await this.warnings.get(serial);
      const { id } = now.warning;
      if (now.warning.version !== version) throw new StaleVersionError(Warning.name, id);
      if (!from.includes(now.standing)) {
        throw new Problem(DUNNING['billing.warning-state'], { extra: { state: now.standing } });
      }
      const changes = decide(now);
      await this.store.updateVersioned(Warning, { id, version }, changes);
      await this.keep(now.warning, changes.state, now.outstanding);
      const serialOf = { serial: now.warning.serial };
      await this.audit.record({ action: `billing.warning-${verb}`, detail: { ...serialOf, ...detail } });
      return this.warnings.get(now.warning.serial);
    });
  }

  /** An open warning keeps its charges from being warned of twice; one that ended lets them go. */
  private async keep(
    { id, state: before }: Warning,
    state: WarningState,
    outstanding: ReadonlyMap<number, number>,
  ): Promise<void> {
    const ended = state === 'PAID' || state === 'WITHDRAWN';
    if (ended) await this.store.update(WarningCharge, { warningId: id }, { liveChargeId: null });
    if (ended || before !== 'PAID') return;
    const rows = await this.store.reads(WarningCharge).findBy({ warningId: id });
    const again = rows.filter(({ chargeId }) => outstanding.has(chargeId));
    await this.store.bulkUpdate(
      WarningCharge,
      ['liveChargeId'],
      again.map((row) => ({ id: row.id, values: [row.chargeId] })),
    );
  }

  private withdrawn(reason: string, { userId }: Principal) {
    const withdrawn = { withdrawnBy: userId, withdrawnAt: this.clock.now(), withdrawnReason: reason };
    return { state: 'WITHDRAWN' as const, ...withdrawn };
  }

  private within(pointer: string, on: string, earliest: string): void {
    if (on < earliest) throw invalidField(pointer, 'tooEarly');
    if (on > this.today()) throw invalidField(pointer, 'inFuture');
  }

  private today(): string {
    return localDateOf(this.clock.now());
  }

  private recorded({ userId }: Principal) {
    return { recordedBy: userId, recordedAt: this.clock.now() };
  }
}

/** Mail is known by its number; what is handed over or left needs a name, and a witness where nobody took it. */
function missingFor(
  means: ServiceMeans,
  {
    to,
    witness,
    refused,
    mailNumber,
  }: { to: string | null; witness: string | null; refused: boolean; mailNumber: string | null },
): string | null {
  if (means === 'REGISTERED_MAIL') return mailNumber ? null : '/mailNumber';
  if (means === 'IN_PERSON' && !to) return '/to';
  return (refused || !to) && !witness ? '/witness' : null;
}

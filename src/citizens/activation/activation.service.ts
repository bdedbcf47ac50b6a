import { Inject, Injectable, Logger } from '@nestjs/common';
import { foldDigits } from '@libs/arabic';
import { addDuration, compare, localDateOf, startOfLocalDay, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { maskPhone, parsePhone } from '@libs/phone';
import { LessThan, MoreThan } from 'typeorm';
import { Notifications } from '../../notifications';
import { OneRecords } from '../one-records/one-records';
import { ActivationCode } from './activation-code.entity';
import { ACTIVATION_CODE } from './activation.messages';
import type { ActivatedView, ActivationSentView } from './activation.dto';
import { CODES } from './activation.problems';
import { codeHash, equalHashes, newCode, newSalt } from './code-hash';

/** Stands in for the code of a record that has none, so that the answer takes the same steps. */
const NO_CODE = { id: 0, salt: newSalt(), codeHash: '0'.repeat(64) };

/** The code that opens e-services to a OneRecord: sent to its phone, answered once. */
@Injectable()
export class Activation {
  private readonly logger = new Logger(Activation.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly notifications: Notifications,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends a new code to the phone of the record and ends the one before.
   * @throws {Problem} http.not-found; citizens.activation-not-ready unless APPROVED with a mobile;
   *   citizens.activation-too-soon and -daily-limit
   */
  send(oneRecordId: number, sentBy: number): Promise<ActivationSentView> {
    return this.uow.run(async () => {
      // Held, or two at once would both find the pause and the day's limit kept.
      const record = await this.records.hold(oneRecordId);
      const phone = record.phoneE164;
      if (record.state !== 'APPROVED' || phone === null || parsePhone(phone).kind !== 'mobile') {
        throw new Problem(CODES['citizens.activation-not-ready'], { extra: { state: record.state } });
      }
      const now = this.clock.now();
      const { activationMinutes, activationPerDay, activationResendSeconds, jwtSecret } = this.config;
      const sentToday = await this.checkLimits(oneRecordId, now);
      const ended = { state: 'REPLACED', openRecordId: null } as const;
      await this.store.update(ActivationCode, { openRecordId: oneRecordId }, ended);
      const id = await this.ids.one();
      const code = newCode();
      const salt = newSalt();
      const expiresAt = addDuration(now, { minutes: activationMinutes });
      await this.store.insert(ActivationCode, {
        id,
        oneRecordId,
        openRecordId: oneRecordId,
        state: 'OPEN',
        phoneE164: phone,
        salt,
        codeHash: codeHash(jwtSecret, salt, code),
        tries: 0,
        sentBy,
        sentAt: now,
        expiresAt,
        usedAt: null,
      });
      await this.notifications.send({
        template: ACTIVATION_CODE,
        to: { phone },
        values: { code, minutes: activationMinutes },
        dedupeKey: `citizens.activation:${id}`,
        expiresAt,
      });
      return {
        recordNumber: record.number,
        phone: maskPhone(phone),
        expiresAt,
        resendFrom: addDuration(now, { seconds: activationResendSeconds }),
        sendsLeftToday: activationPerDay - sentToday - 1,
      };
    });
  }

  /**
   * Answers a code; the record becomes ACTIVATED. Every answer counts as a try before it is judged, also when several
   * come at once. Unknown record, wrong, expired, used, replaced and worn-out code are told apart by nobody.
   * @throws {Problem} citizens.activation-refused
   */
  async verify(recordNumber: string, answer: string): Promise<ActivatedView> {
    const number = foldDigits(recordNumber);
    const activated = await this.uow
      .run(() => this.tryCode(number, foldDigits(answer)))
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        this.logger.warn(`activation refused: ${error.code}`);
        return false;
      });
    if (!activated) throw new Problem(CODES['citizens.activation-refused']);
    return { recordNumber: number, state: 'ACTIVATED' };
  }

  private async tryCode(number: string, answer: string): Promise<boolean> {
    const record = await this.records.findByNumber(number);
    const code = await this.store.reads(ActivationCode).findOneBy({ openRecordId: record?.id ?? 0 });
    const counted = await this.countTry(code?.id ?? NO_CODE.id);
    const { salt, codeHash: wanted } = code ?? NO_CODE;
    const isRight = equalHashes(codeHash(this.config.jwtSecret, salt, answer), wanted);
    if (!isRight || !counted || !code) return false;
    const used = { state: 'USED', openRecordId: null, usedAt: this.clock.now() } as const;
    if ((await this.store.update(ActivationCode, { id: code.id, state: 'OPEN' }, used)) !== 1) return false;
    await this.records.markActivated(code.oneRecordId, code.phoneE164, null);
    return true;
  }

  /** @returns false when the code is over: expired, replaced, used, or tried too often */
  private async countTry(id: number): Promise<boolean> {
    const tried = await this.store.update(
      ActivationCode,
      { id, state: 'OPEN', tries: LessThan(this.config.activationTries), expiresAt: MoreThan(this.clock.now()) },
      { tries: () => '"tries" + 1' } as never,
    );
    return tried === 1;
  }

  /** @returns the codes sent today */
  private async checkLimits(oneRecordId: number, now: string): Promise<number> {
    const today = startOfLocalDay(localDateOf(now));
    const { activationPerDay, activationResendSeconds } = this.config;
    const sent = await this.store
      .reads(ActivationCode)
      .find({ where: { oneRecordId }, order: { sentAt: 'DESC', id: 'DESC' }, take: Math.max(1, activationPerDay) });
    const resendFrom = sent[0] && addDuration(sent[0].sentAt, { seconds: activationResendSeconds });
    if (resendFrom && compare(now, resendFrom) < 0) {
      throw new Problem(CODES['citizens.activation-too-soon'], { extra: { resendFrom } });
    }
    const sentToday = sent.filter(({ sentAt }) => compare(sentAt, today) >= 0).length;
    if (sentToday >= activationPerDay) throw new Problem(CODES['citizens.activation-daily-limit']);
    return sentToday;
  }
}

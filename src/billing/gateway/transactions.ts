import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { OneRecords } from '../../citizens';
import { Audit } from '../../identity';
import type { TypedLine } from '../payments/payment-lines';
import { GatewayTransaction } from './gateway.entity';
import type { GatewayListTransactions } from './gateway.dto';
import { GATEWAY } from './gateway.problems';
import { Gateways } from './gateways';
import { TransactionDrafts } from './transaction-drafts';

export interface TransactionRequest {
  oneRecordId: number;
  /** Default the approved name of the record. */
  payerName?: string;
  lines: readonly TypedLine[];
  /** What is more than is owed is kept for later charges. */
  acceptAdvance?: boolean;
  /** Accounts of others that may be paid too, as by a bill in hand. */
  others?: readonly number[];
  /** Employee; null when the citizen asks. */
  by: number | null;
}

export interface FoundTransaction {
  transaction: GatewayTransaction;
  /** Null before there is a receipt. */
  receiptSerial: string | null;
}

/** Payments through a gateway, from the link to the gateway's page. */
@Injectable()
export class GatewayTransactions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly drafts: TransactionDrafts,
    private readonly gateways: Gateways,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A link that pays what the lines say, for PAYMENT_LINK_HOURS. The gateway hears of it when the payer opens it.
   * @throws {Problem} billing.gateway-none; http.invalid when nobody is named; as {@link TransactionDrafts.of}
   */
  start(request: TransactionRequest): Promise<GatewayTransaction> {
    const { oneRecordId, payerName, lines, acceptAdvance = false, others, by } = request;
    const gateway = this.gateways.require().name;
    return this.uow.run(async () => {
      const draft = await this.drafts.of(oneRecordId, lines, acceptAdvance, others);
      const name = payerName || (await this.records.get(oneRecordId)).approvedName;
      if (!name) throw invalidField('/payerName', 'required');
      const now = this.clock.now();
      const transaction: GatewayTransaction = {
        id: await this.ids.one(),
        gateway,
        reference: null,
        gatewayUrl: null,
        token: randomBytes(32).toString('base64url'),
        oneRecordId,
        payerName: name.slice(0, 200),
        ...draft,
        state: 'CREATED',
        paymentId: null,
        suspense: null,
        suspensePostingId: null,
        failureCode: null,
        createdBy: by,
        createdAt: now,
        expiresAt: addDuration(now, { hours: this.config.paymentLinkHours }),
        paidAt: null,
        settledAt: null,
        lastCallbackAt: null,
        lastPolledAt: null,
        refundRequestedBy: null,
        refundRequestedAt: null,
        refundReason: null,
        refundedAt: null,
      };
      await this.store.insert(GatewayTransaction, transaction);
      const { id, currency, amount } = transaction;
      const detail = { id, oneRecordId, currency, amount };
      await this.audit.record({ action: 'billing.gateway-transaction-created', detail });
      return transaction;
    });
  }

  /**
   * The gateway's page of a link, for its payer. Outside a unit: it asks the gateway.
   * @returns an address of the gateway, or a path of this server
   * @throws {Problem} http.not-found; billing.transaction-over, gateway-none, gateway-failed
   */
  async open(token: string): Promise<string> {
    const { transaction } = await this.byToken(token);
    const { id, gateway, state, currency, amount, expiresAt, gatewayUrl } = transaction;
    if (!this.isPayable(transaction)) throw new Problem(GATEWAY['billing.transaction-over']);
    if (state === 'PENDING') return gatewayUrl!;
    const request = {
      orderKey: `baladiya-${id}`,
      currency,
      amount,
      description: `${this.config.municipalityAr} ${id}`,
      returnUrl: this.linkOf(transaction),
      expiresAt,
    };
    const { reference, url } = await this.gateways.ask(gateway, (asked) => asked.createSession(request));
    const changes = { state: 'PENDING', reference, gatewayUrl: url } as const;
    const opened = await this.uow.run(() => this.store.update(GatewayTransaction, { id, state: 'CREATED' }, changes));
    if (opened === 1) return url;
    const { transaction: now } = await this.get(id);
    if (now.reference !== reference) throw new Problem(GATEWAY['billing.transaction-over']);
    return url;
  }

  isPayable({ state, expiresAt }: GatewayTransaction): boolean {
    return (state === 'CREATED' || state === 'PENDING') && expiresAt > this.clock.now();
  }

  /** The page of the payer: of this system always, whatever a request says. */
  linkOf({ token }: GatewayTransaction): string {
    return `${this.config.publicUrl.replace(/\/+$/, '')}/pay/${token}`;
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<FoundTransaction> {
    return this.found(await this.store.reads(GatewayTransaction).findOneBy({ id }));
  }

  /** @throws {Problem} http.not-found */
  async byToken(token: string): Promise<FoundTransaction> {
    return this.found(await this.store.reads(GatewayTransaction).findOneBy({ token }));
  }

  /** Newest first. */
  async list(query: GatewayListTransactions, oneRecordIds?: readonly number[]): Promise<Page<FoundTransaction>> {
    const found = this.store.query(GatewayTransaction, 't');
    if (query.oneRecordId !== undefined) found.andWhere('t.oneRecordId = :oneRecordId', query);
    if (oneRecordIds) found.andWhere('t.oneRecordId IN (:...oneRecordIds)', { oneRecordIds });
    if (query.state !== undefined) found.andWhere('t.state = :state', query);
    if (query.suspense !== undefined) found.andWhere(`t.suspense IS ${query.suspense ? 'NOT ' : ''}NULL`);
    // All of them are too many to be sorted: there the ids of processes that write at once may be out of order.
    if (query.oneRecordId !== undefined || oneRecordIds || query.suspense) found.orderBy('t.createdAt', 'DESC');
    const [rows, total] = await found
      .addOrderBy('t.id', 'DESC')
      .offset(skipped(query))
      .limit(query.pageSize)
      .getManyAndCount();
    return pageOf(query, await this.withReceipts(rows), total);
  }

  private async found(transaction: GatewayTransaction | null): Promise<FoundTransaction> {
    if (!transaction) throw new Problem('http.not-found');
    return (await this.withReceipts([transaction]))[0]!;
  }

  private async withReceipts(rows: readonly GatewayTransaction[]): Promise<FoundTransaction[]> {
    const receipts = await this.store.selectIn<{ payment: number | string; serial: string }>(
      (list) => `SELECT "payment_id" AS "payment", "serial" FROM "receipts" WHERE "payment_id" IN (${list})`,
      rows.flatMap(({ paymentId }) => paymentId ?? []),
    );
    const serials = new Map(receipts.map(({ payment, serial }) => [Number(payment), serial]));
    return rows.map((transaction) => ({
      transaction,
      receiptSerial: transaction.paymentId === null ? null : serials.get(transaction.paymentId)!,
    }));
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem, type Language } from '@libs/http';
import { formatAmount } from '@libs/money';
import { renderPdf } from '@libs/printing';
import { Holders } from '../../billing';
import { letterheadOf } from '../../documents';
import { Meters } from '../meters/meters';
import { Subscriptions } from '../subscriptions/subscriptions';
import { cubicMetres } from '../tariffs/rating.view';
import { PrepaidMeters } from './prepaid-meters';
import { PREPAID } from './prepaid.problems';
import { TopUpActs } from './top-up-acts';

const ils = (minor: number) => ({
  currency: 'ILS',
  amount: { text: formatAmount(minor, 'ILS'), sign: minor > 0 ? (1 as const) : (0 as const) },
});

/** The slip that the buyer takes home: the digits to be keyed into the meter. What was paid stands on the receipt. */
@Injectable()
export class TopUpSlips {
  constructor(
    private readonly acts: TopUpActs,
    private readonly subscriptions: Subscriptions,
    private readonly meters: Meters,
    private readonly prepaid: PrepaidMeters,
    private readonly holders: Holders,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws {Problem} http.not-found; water.top-up-state of a cancelled one, no-token-yet */
  async pdf(id: number, lang: Language): Promise<Buffer> {
    const { state, token, vendedAt, subscriptionId, accountId, meterId, ...topUp } = await this.acts.get(id);
    if (state === 'CANCELLED') throw new Problem(PREPAID['water.top-up-state']);
    if (token === null) throw new Problem(PREPAID['water.no-token-yet']);
    const { subscription } = await this.subscriptions.get(subscriptionId);
    const { serial: meter } = await this.meters.get(meterId);
    const { decoderNumber: decoder } = await this.prepaid.get(meterId);
    const holder = (await this.holders.of([accountId])).get(accountId);
    return renderPdf('top-up-slip', {
      ...{ letterhead: letterheadOf(this.config), lang, token, issuedAt: vendedAt!, meter, decoder },
      ...{ holder: holder?.name ?? subscription.number, subscription: subscription.number },
      ...{ cubicMetres: cubicMetres(topUp.litres), receipt: topUp.receiptSerial },
      ...{ paid: ils(topUp.amount), price: ils(topUp.price), rest: ils(topUp.amount - topUp.price) },
    });
  }
}

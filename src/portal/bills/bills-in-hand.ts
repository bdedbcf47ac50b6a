import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { parseAmount, type Currency } from '@libs/money';
import { Bills, type BillContent, type IssuedBill } from '../../billing';
import { PORTAL } from '../portal.problems';
import { openToken, sealToken } from './bill-token';

export interface BillInHand {
  token: string;
  tokenUntil: Instant;
  content: BillContent;
  /** Minor units: what is still owed of its charges. */
  open: number;
}

/** A bill that is paid by whoever has it in hand. */
export interface PayableBill {
  accountId: number;
  /** Those of its charges that are still owed. */
  chargeIds: number[];
}

const TOKEN_MINUTES = 30;

/**
 * Anybody pays anybody's bill, as at the counter: who knows its number and total has the paper. They learn the service and
 * the amount, and no name. Serials can be guessed, so the total is asked for, each look-up counts, and only what a look-up
 * gave names the bill to a payment.
 */
@Injectable()
export class BillsInHand {
  private readonly secret: string;

  constructor(
    private readonly bills: Bills,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.secret = `bill-token:${config.jwtSecret}`;
  }

  /** @throws {Problem} http.not-found, for a wrong total as for no such bill */
  async lookUp(oneRecordId: number, { serial, totalDue }: { serial: string; totalDue: string }): Promise<BillInHand> {
    const found = await this.bills.bySerial(serial);
    if (!found || !saysTotal(found, totalDue)) throw new Problem('http.not-found');
    const charges = await this.bills.openCharges(found.bill);
    const tokenUntil = addDuration(this.clock.now(), { minutes: TOKEN_MINUTES });
    const token = sealToken({ billId: found.bill.id, oneRecordId, until: tokenUntil }, this.secret);
    const open = charges.reduce((sum, { outstanding }) => sum + outstanding, 0);
    return { token, tokenUntil, content: found.content, open };
  }

  /** @throws {Problem} portal.bill-token for one that is over, another citizen's or none */
  async payable(oneRecordId: number, token: string): Promise<PayableBill> {
    const billId = openToken(token, { oneRecordId, now: this.clock.now(), secret: this.secret });
    if (billId === null) throw new Problem(PORTAL['portal.bill-token']);
    const { bill } = await this.bills.get(billId);
    return { accountId: bill.accountId, chargeIds: (await this.bills.openCharges(bill)).map(({ id }) => id) };
  }
}

function saysTotal({ content }: IssuedBill, typed: string): boolean {
  const parsed = parseAmount(typed, content.account.currency as Currency);
  return parsed.ok && parsed.minor === content.totalDue;
}

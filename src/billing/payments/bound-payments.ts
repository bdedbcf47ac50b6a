import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { PAYMENTS } from './payments.problems';

export interface BoundTo {
  type: string;
  id: number;
}

/** Payments by which another module has sold something: it takes its sale back first, in the unit that undoes the payment. */
@Injectable()
export class BoundPayments {
  private readonly finders: ((paymentId: number) => Promise<BoundTo | null>)[] = [];

  /** @param find what stands of a payment, in the active unit */
  register(find: (paymentId: number) => Promise<BoundTo | null>): void {
    this.finders.push(find);
  }

  /** @throws {Problem} billing.payment-bound */
  async refuse(paymentId: number): Promise<void> {
    for (const find of this.finders) {
      const document = await find(paymentId);
      if (document) throw new Problem(PAYMENTS['billing.payment-bound'], { extra: { document } });
    }
  }
}

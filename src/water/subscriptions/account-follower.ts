import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { AccountMoves, type AccountMove } from '../../billing';
import { Subscription } from './subscription.entity';
import { Subscriptions } from './subscriptions';

/** A subscription goes over to the buyer with the account that it is billed on. */
@Injectable()
export class AccountFollower implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly subscriptions: Subscriptions,
    private readonly moves: AccountMoves,
  ) {}

  onModuleInit(): void {
    this.moves.register((moves) => this.follow(moves));
  }

  /** In the transfer's unit. @throws {StaleVersionError} when somebody changes the subscription meanwhile */
  private async follow(moves: readonly AccountMove[]): Promise<void> {
    const to = new Map(moves.map((move) => [move.fromAccountId, move]));
    for (const subscription of await this.store.reads(Subscription).findBy({ accountId: In([...to.keys()]) })) {
      const { transferId, fromAccountId, toAccountId, on, by } = to.get(subscription.accountId)!;
      await this.store.updateVersioned(Subscription, subscription, { accountId: toAccountId });
      await this.subscriptions.record({
        subscriptionId: subscription.id,
        kind: 'ACCOUNT',
        fromState: String(fromAccountId),
        toState: String(toAccountId),
        happenedOn: on,
        documentType: 'transfer',
        documentId: String(transferId),
        recordedBy: by,
      });
    }
  }
}

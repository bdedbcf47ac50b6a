import { Injectable } from '@nestjs/common';

/** An account whose service another account goes on with, from a day on: on a transfer, and back on its reversal. */
export interface AccountMove {
  transferId: number;
  fromAccountId: number;
  toAccountId: number;
  /** The buyer's first day. */
  on: string;
  /** Employee. */
  by: number;
}

type Follower = (moves: readonly AccountMove[]) => Promise<void>;

/** Modules whose services are billed on accounts are told of transfers here, in the transfer's unit of work. */
@Injectable()
export class AccountMoves {
  private readonly followers: Follower[] = [];

  /** While the application starts. @param follower writes in the active unit only */
  register(follower: Follower): void {
    this.followers.push(follower);
  }

  async announce(moves: readonly AccountMove[]): Promise<void> {
    for (const follower of this.followers) await follower(moves);
  }
}

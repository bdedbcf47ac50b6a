import { Injectable } from '@nestjs/common';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { UnitOfWork } from '@libs/persistence';
import { BankAccounts } from './bank-accounts';
import { Matcher } from './matcher';

export const MATCH_ASKED = defineMessage<{ bankAccountId: number }>('billing.bank-match', 'BULK');

/** The lines of an account are matched after every import, and on demand. */
@Injectable()
export class BankJobs {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly accounts: BankAccounts,
    private readonly matcher: Matcher,
  ) {}

  /** Asks a worker. @returns the id of the message. @throws {Problem} http.not-found */
  ask(bankAccountId: number): Promise<number> {
    return this.uow.run(async () => {
      await this.accounts.get(bankAccountId);
      return this.outbox.add(MATCH_ASKED, { bankAccountId });
    });
  }

  @Handles(MATCH_ASKED)
  async onAsked({ bankAccountId }: { bankAccountId: number }): Promise<void> {
    await this.matcher.run(bankAccountId);
  }
}

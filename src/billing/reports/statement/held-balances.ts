import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type StatedAccount, Statements } from '../../../citizens';
import { Accounts } from '../../accounts/accounts';
import { serviceName } from './statement-sheet';

/** What a statement of balances says of accounts that a record holds itself: no row of the old systems leads to them. */
@Injectable()
export class HeldBalances implements OnModuleInit {
  constructor(
    private readonly statements: Statements,
    private readonly accounts: Accounts,
  ) {}

  onModuleInit(): void {
    this.statements.heldFrom((oneRecordId, asOf) => this.of(oneRecordId, asOf));
  }

  /** Accounts that were not open on the day are stated while something stands on them. */
  private async of(oneRecordId: number, asOf: string): Promise<StatedAccount[]> {
    const held = await this.accounts.ofRecord(oneRecordId, asOf);
    return held
      .filter(({ account, balance }) => account.oneRecordId !== null && (balance !== 0 || wasOpen(account, asOf)))
      .map(({ account, balance, relation }) => ({
        serviceNumber: account.number,
        type: serviceName(account.serviceType, 'ar'),
        address: '',
        status: account.state === 'OPEN' ? 'فعال' : 'مغلق',
        relation,
        shareHundredths: null,
        currency: account.currency,
        balance,
      }));
  }
}

const wasOpen = ({ openedOn, closedOn }: { openedOn: string; closedOn: string | null }, day: string): boolean =>
  openedOn <= day && (closedOn === null || day < closedOn);

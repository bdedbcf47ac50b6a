import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CURRENCIES, type Money } from '@libs/money';
import { Inquiries } from '../../notifications';
import { Accounts } from '../accounts/accounts';

/** What a record owes, for whoever asks by text message from its phone: its own accounts, not those it shares. */
@Injectable()
export class BalanceInquiry implements OnModuleInit {
  constructor(
    private readonly inquiries: Inquiries,
    private readonly accounts: Accounts,
  ) {}

  onModuleInit(): void {
    this.inquiries.register({ balanceOf: (oneRecordId) => this.balanceOf(oneRecordId) });
  }

  private async balanceOf(oneRecordId: number): Promise<Money[]> {
    const own = (await this.accounts.ofRecord(oneRecordId)).filter(({ relation }) => relation === 'SAME_PERSON');
    return CURRENCIES.flatMap((currency) => {
      const held = own.filter(({ account }) => account.currency === currency);
      return held.length === 0 ? [] : [{ currency, minor: held.reduce((sum, { balance }) => sum + balance, 0) }];
    });
  }
}

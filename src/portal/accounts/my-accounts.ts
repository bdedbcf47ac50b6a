import { Injectable } from '@nestjs/common';
import { AccountMovements, Accounts, Holders, OpenCharges, type HeldAccount } from '../../billing';
import { isShared } from '../scope/sharing';
import {
  accountsView,
  movementsView,
  openChargeView,
  type PortalAccountDetailView,
  type PortalAccountsView,
  type PortalMovementsQuery,
  type PortalMovementsView,
} from './accounts.dto';

/** Accounts as their holder reads them. */
@Injectable()
export class MyAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly charges: OpenCharges,
    private readonly ledger: AccountMovements,
    private readonly holders: Holders,
  ) {}

  async all(oneRecordId: number, asOf?: string): Promise<PortalAccountsView> {
    const held = await this.accounts.ofRecord(oneRecordId, asOf);
    return accountsView(held, await this.addresses(held), asOf ?? null);
  }

  /** @throws {Problem} http.not-found */
  async one(oneRecordId: number, id: number): Promise<PortalAccountDetailView> {
    const held = await this.accounts.held(oneRecordId, id);
    const { accounts } = accountsView([held], await this.addresses([held]), null);
    const open = await this.charges.of(id);
    return { ...accounts[0]!, open: open.map((charge) => openChargeView(charge, held)) };
  }

  /** @throws {Problem} http.not-found */
  async movements(
    oneRecordId: number,
    id: number,
    { after, limit }: PortalMovementsQuery,
  ): Promise<PortalMovementsView> {
    const held = await this.accounts.held(oneRecordId, id);
    return movementsView(await this.ledger.page(id, limit, after), held);
  }

  /** Of the places that are served, of own accounts alone. */
  private async addresses(held: readonly HeldAccount[]): Promise<Map<number, string | null>> {
    const own = held.flatMap((each) => (isShared(each) ? [] : [each.account.id]));
    return new Map([...(await this.holders.of(own))].map(([id, { address }]) => [id, address]));
  }
}

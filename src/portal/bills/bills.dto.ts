import { OmitType } from '@nestjs/swagger';
import { DateField, Id, InstantField, PageQuery, Part, Txt } from '@libs/http';
import { BillSummaryView, BillView, CurrencyAmountView, moneyView } from '../../billing';
import type { BillInHand } from './bills-in-hand';

export class PortalBillsQuery extends PageQuery {
  @Id({ optional: true, about: 'one of `GET /me/accounts`; default all' }) accountId?: number;
}

export class PortalBillParam {
  @Id() id: number;
}

export class PortalBillSummaryView extends OmitType(BillSummaryView, ['runId'] as const) {}

export class PortalBillView extends OmitType(BillView, ['runId', 'contentHash'] as const) {}

export class LookUpBill {
  @Txt({ max: 40, example: 'BL-OSS-2026-000123-43', about: 'number of the bill' }) serial: string;
  @Txt({ max: 30, example: '125.50', about: 'its total due, as the paper says' }) totalDue: string;
}

export class BillInHandView {
  @Txt({ max: 500, about: 'names the bill to a quote or payment of this citizen, for 30 minutes' }) billToken: string;
  @InstantField() tokenUntil: string;
  @Txt({ example: 'BL-OSS-2026-000123-43' }) serial: string;
  @Txt({ example: 'WATER' }) serviceType: string;
  @Txt({ example: '2026-11' }) period: string;
  @DateField() dueOn: string;
  @Part(() => CurrencyAmountView, { about: 'still owed of this bill' }) open: CurrencyAmountView;
}

export const billInHandView = ({ token, tokenUntil, content, open }: BillInHand): BillInHandView => ({
  billToken: token,
  tokenUntil,
  serial: content.serial,
  serviceType: content.account.serviceType,
  period: content.period,
  dueOn: content.dueOn,
  open: moneyView(content.account.currency, open),
});

/** Which run made it, and the hash of what it says whole, are not the citizen's. */
export const mySummaryView = ({ runId: _, ...view }: BillSummaryView): PortalBillSummaryView => view;
export const myBillView = ({ runId: _, contentHash: __, ...view }: BillView): PortalBillView => view;

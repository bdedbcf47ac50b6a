import { Id, InstantField, Int, ListOf, Part, Txt } from '@libs/http';

export class LinkageQuery {
  @Int({ optional: true, min: 0, max: 3650, fallback: 7, example: 7, about: 'pending longer than so many days' })
  days: number = 7;
}

export class OpenProposalsView {
  @Int({ example: 764 }) sure: number;
  @Int({ example: 456 }) likely: number;
  @Int({ example: 102 }) look: number;
}

export class EmployeeLinkageView {
  @Id({ example: 7 }) employeeId: number;
  @Txt({ nullable: true, example: 'مها عيسى' }) employeeName: string | null;
  @Int({ example: 412, about: 'legacy rows linked' }) links: number;
  @Int({ example: 6, about: 'unlinks, splits and undone merges' }) reversals: number;
}

export class PendingRecordView {
  @Id() oneRecordId: number;
  @Txt({ example: '2026-000042' }) number: string;
  @InstantField() submittedAt: string;
}

/** Rates are hundredths of a percent: 4327 is 43.27 %. */
export class LinkageReport {
  @Int({ example: 34_500, about: 'legacy rows of the newest extract' }) legacyRows: number;
  @Int({ example: 19_570 }) unlinkedRows: number;
  @Int({ example: 5672 }) unlinkedHundredths: number;
  @Int({ example: 8110, about: 'rows without a usable document' }) rowsWithoutDocument: number;
  @Int({ example: 2350 }) withoutDocumentHundredths: number;
  @Int({ example: 2871, about: 'records approved and not ended' }) approvedRecords: number;
  @Int({ example: 1204 }) activatedRecords: number;
  @Int({ example: 4193 }) activationHundredths: number;
  @Int({ example: 3 }) pendingTooLong: number;
  @ListOf(() => PendingRecordView, { about: 'the longest waiting, at most 100' }) pending: PendingRecordView[];
  @Part(() => OpenProposalsView, { about: 'OneRecords that matchings propose' }) openProposals: OpenProposalsView;
  @ListOf(() => EmployeeLinkageView) employees: EmployeeLinkageView[];
}

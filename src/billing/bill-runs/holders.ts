import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { OneRecords } from '../../citizens';
import { LegacyMirror } from '../../legacy';
import type { ServiceType } from '../accounts/account.entity';

export interface HeldBy {
  number: string;
  serviceType: ServiceType;
  currency: string;
  address: string | null;
  name: string;
  /** The approved record that holds the account. */
  oneRecordId: number | null;
  oneRecordNumber: string | null;
  /** The payer row that holds it, where there is one. */
  legacyCitizenId: number | null;
  /** Of the payer row, where the person was last known to live. */
  homeAddress: string | null;
}

interface AccountRow {
  id: number | string;
  number: string;
  service_type: ServiceType;
  currency: string;
  legacy_citizen_id: number | string | null;
  one_record_id: number | string | null;
  raw_address: string | null;
  record_number: string | null;
  record_name: string | null;
}

const APPROVED = ['APPROVED', 'ACTIVATED', 'SUSPENDED'];

/** What a clerk has typed and nobody has approved holds no account and gives no name. */
export const isApproved = ({ state }: { state: string }): boolean => APPROVED.includes(state);

/** Whom a bill or a warning is for. */
@Injectable()
export class Holders {
  constructor(
    private readonly store: Store,
    private readonly records: OneRecords,
    private readonly mirror: LegacyMirror,
  ) {}

  /** By account; ids that nobody has are absent. */
  async of(accountIds: readonly number[]): Promise<Map<number, HeldBy>> {
    const rows = await this.store.selectIn<AccountRow>(
      (list) =>
        `SELECT a."id", a."number", a."service_type", a."currency", a."legacy_citizen_id", a."one_record_id",
           s."raw_address",
           r."number" AS "record_number", r."approved_name" AS "record_name"
         FROM "billing_accounts" a
         LEFT JOIN "legacy_services" s ON s."id" = a."legacy_service_id"
         LEFT JOIN "one_records" r ON r."id" = a."one_record_id"
         WHERE a."id" IN (${list})`,
      accountIds,
    );
    const citizens = rows.flatMap(({ legacy_citizen_id: id }) => (id === null ? [] : [Number(id)]));
    const labels = new Map((await this.mirror.labels(citizens)).map((label) => [label.id, label]));
    const holders = await this.records.holderOf(citizens);
    return new Map(
      rows.map((row) => {
        const citizen = row.legacy_citizen_id === null ? undefined : Number(row.legacy_citizen_id);
        const record = citizen === undefined ? undefined : holders.get(citizen);
        const label = citizen === undefined ? undefined : labels.get(citizen);
        const holder = record && isApproved(record) ? record : undefined;
        const name = row.record_name ?? holder?.approvedName ?? label?.rawName ?? row.number;
        const { number, service_type: serviceType, currency, raw_address } = row;
        const own = row.one_record_id === null ? undefined : Number(row.one_record_id);
        const held: HeldBy = {
          ...{ number, serviceType, currency, address: raw_address || null, name: name || number },
          oneRecordId: own ?? holder?.oneRecordId ?? null,
          oneRecordNumber: row.record_number ?? holder?.number ?? null,
          legacyCitizenId: citizen ?? null,
          homeAddress: label?.rawAddress || null,
        };
        return [Number(row.id), held];
      }),
    );
  }
}

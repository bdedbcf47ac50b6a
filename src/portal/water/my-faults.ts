import { Injectable } from '@nestjs/common';
import { invalidField } from '@libs/http';
import { OneRecords } from '../../citizens';
import { Faults, NetworkZones, type Fault } from '../../water';
import { DailyLimits } from '../scope/daily-limits';
import { PortalDesk } from '../scope/portal-desk';
import type { PortalNewFault } from './faults.dto';
import { MyWater } from './my-water';

/** Leaks and outages as citizens report them; the crew may call the reporter. */
@Injectable()
export class MyFaults {
  constructor(
    private readonly water: MyWater,
    private readonly faults: Faults,
    private readonly zones: NetworkZones,
    private readonly records: OneRecords,
    private readonly limits: DailyLimits,
    private readonly desk: PortalDesk,
  ) {}

  /**
   * In the unit of its request.
   * @throws {Problem} portal.daily-limit; http.invalid; http.not-found for another's subscription as for none
   */
  async report(oneRecordId: number, { kind, place, note, ...where }: PortalNewFault): Promise<Fault> {
    await this.limits.use(oneRecordId, 'FAULT');
    if (where.subscriptionId !== undefined) await this.water.one(oneRecordId, where.subscriptionId);
    const { approvedName, phoneE164 } = await this.records.get(oneRecordId);
    const fault = {
      ...{
        kind,
        place,
        source: 'CITIZEN' as const,
        severity: kind === 'BURST' ? ('HIGH' as const) : ('NORMAL' as const),
      },
      ...(await this.place(where)),
      ...(note && { note }),
      ...(approvedName && { reporterName: approvedName.slice(0, 200) }),
      ...(phoneE164 && { reporterPhone: phoneE164 }),
    };
    return this.faults.report({ ...fault, oneRecordId }, await this.desk.principal());
  }

  private async place({ subscriptionId, zone }: Pick<PortalNewFault, 'subscriptionId' | 'zone'>) {
    if (zone === undefined) return subscriptionId === undefined ? {} : { subscriptionId };
    const found = (await this.zones.active()).find(({ code }) => code === zone);
    if (!found) throw invalidField('/zone', 'unknown');
    return { zoneId: found.id, ...(subscriptionId !== undefined && { subscriptionId }) };
  }
}

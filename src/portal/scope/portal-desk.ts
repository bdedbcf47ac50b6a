import { Injectable } from '@nestjs/common';
import type { Principal } from '@libs/http';
import { Programs } from '../../identity';

const PORTAL_DESK = {
  username: 'portal',
  displayName: 'بوابة المواطن',
  office: { code: 'WEB', nameAr: 'بوابة المواطن', nameEn: 'Citizen portal' },
};

/**
 * The desk at which citizens serve themselves: what they are given is issued by it, under serials of the office WEB. The
 * audit names the citizen.
 */
@Injectable()
export class PortalDesk {
  constructor(private readonly programs: Programs) {}

  principal(): Promise<Principal> {
    return this.programs.principal(PORTAL_DESK);
  }
}

import { PortalUse } from './scope/portal-use.entity';

export const PORTAL_ENTITIES = [PortalUse];

import { BackCharge } from './back-charge';
import { IllegalConnections } from './illegal-connections';
import { IllegalConnectionsController } from './illegal-connections.controller';

export const ILLEGAL_CONTROLLERS = [IllegalConnectionsController];
export const ILLEGAL_PROVIDERS = [BackCharge, IllegalConnections];

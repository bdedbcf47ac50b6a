import { InboundController } from './inbound.controller';
import { InboundMessages } from './inbound-messages';
import { Inquiries } from './inquiries';

export { Inquiries };
export type { PhoneHolder } from './inquiries';
export const INBOUND_CONTROLLERS = [InboundController];
export const INBOUND_PROVIDERS = [InboundMessages, Inquiries];

import { SubscriberAudience } from './subscriber-audience';

export const WATER_NOTICE_PROVIDERS = [SubscriberAudience];

import type { Schemas } from '../api/client';

export type RequestKind = Schemas['RequestView']['kind'];

export const REQUEST_KINDS = [
  'NEW_SUBSCRIPTION',
  'TRANSFER',
  'TEMPORARY_DISCONNECT',
  'RECONNECT',
  'METER_TEST',
  'OWN_READING',
  'CHANGE_OF_CLASS',
] as const satisfies readonly RequestKind[];

export const WATER_CLASSES = [
  'DOMESTIC',
  'COMMERCIAL',
  'INDUSTRIAL',
  'TOURISM',
  'INSTITUTIONAL',
  'CAMP',
  'CONSTRUCTION',
  'BULK',
] as const satisfies readonly Schemas['SubscriptionView']['waterClass'][];

/** Columns in the order in which the books write them in bulk. */
export const POSTING = [
  'id',
  'kind',
  'postedOn',
  'documentType',
  'documentId',
  'reversesId',
  'description',
  'reason',
  'postedBy',
  'postedAt',
] as const;
export const ENTRY = [
  'id',
  'postingId',
  'ledger',
  'accountId',
  'dimension',
  'currency',
  'amount',
  'postedOn',
  'legacyMovementId',
] as const;
export const CHARGE = [
  'id',
  'accountId',
  'postingId',
  'head',
  'period',
  'chargedOn',
  'dueOn',
  'amount',
  'cancelled',
  'outstanding',
  'detail',
  'source',
] as const;
export const ALLOCATION = ['id', 'chargeId', 'creditId', 'amount', 'allocatedOn', 'postingId'] as const;
export const TAKE_BACK = ['id', 'chargeId', 'creditId', 'amount', 'takenBackOn', 'postingId'] as const;
export const CREDIT = [
  'id',
  'accountId',
  'postingId',
  'origin',
  'creditedOn',
  'amount',
  'reversed',
  'remaining',
] as const;

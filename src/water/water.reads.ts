import { recordsOfAccounts } from '../billing';
import { RECORD_BY_ID, recordOf, watch } from '../citizens';

/** Whose subscription a subquery selects. */
const subscribers = (subscriptionIds: string): string =>
  recordsOfAccounts(`SELECT "account_id" FROM "water_subscriptions" WHERE "id" IN (${subscriptionIds})`);
const subscriptionOf = (table: string, key = 'id'): string =>
  subscribers(`SELECT "subscription_id" FROM "${table}" WHERE "${key}" = ?`);

const SUBSCRIPTION = subscribers('?');
const NUMBER = subscribers('SELECT "id" FROM "water_subscriptions" WHERE "number" = ?');
const NOTICE = subscriptionOf('water_cut_notices', 'serial');
const OF_ACCOUNT = recordsOfAccounts('?');
const PHOTO = subscribers(`SELECT r."subscription_id" FROM "water_photos" p
  JOIN "water_readings" r ON r."id" = p."reading_id" WHERE p."id" = ?
  UNION SELECT o."subscription_id" FROM "water_photos" p JOIN "water_orders" o ON o."id" = p."order_id" WHERE p."id" = ?`);
const ILLEGAL = recordsOfAccounts('SELECT "account_id" FROM "water_illegal_connections" WHERE "id" = ?');

watch('SERVICE', RECORD_BY_ID, 'one-records/:id/water-subscriptions');
watch('SERVICE', SUBSCRIPTION, 'water/subscriptions/:id', 'water/subscriptions/:id/events');
watch('SERVICE', SUBSCRIPTION, 'water/subscriptions/:id/leak-allowances');
watch('BILL', SUBSCRIPTION, 'water/subscriptions/:id/ratings', 'water/subscriptions/:id/final-bills');
watch('BILL', SUBSCRIPTION, 'water/subscriptions/:id/top-ups', 'water/subscriptions/:id/top-up-quote');
watch('BILL', subscriptionOf('water_top_ups'), 'water/top-ups/:id/slip.pdf');
watch('BILL', NOTICE, 'water/cut-notices/:serial', 'water/cut-notices/:serial/pdf');
watch('SERVICE', subscriptionOf('water_readings'), 'water/readings/:id', 'water/readings/:id/photos');
watch('SERVICE', subscriptionOf('water_orders'), 'water/orders/:id', 'water/orders/:id/photos');
watch('SERVICE', PHOTO, 'water/photos/:id');
// Whoever it concerns, and the citizen who reported it.
watch('SERVICE', `${subscriptionOf('water_faults')} UNION ${recordOf('water_faults')}`, 'water/faults/:id');
watch('SERVICE', subscriptionOf('water_installations', 'meter_id'), 'water/meters/:id', 'water/meters/:id/prepaid');
watch('SERVICE', recordOf('water_requests'), 'water/requests/:id');
watch('SERVICE', ILLEGAL, 'water/illegal-connections/:id');
watch('SERVICE', NUMBER, 'water/subscriptions?number');
watch('SERVICE', OF_ACCOUNT, 'water/subscriptions?accountId', 'water/illegal-connections?accountId');
watch('SERVICE', RECORD_BY_ID, 'water/requests?oneRecordId');
watch('SERVICE', SUBSCRIPTION, 'water/requests?subscriptionId', 'water/illegal-connections?subscriptionId');
watch('SERVICE', SUBSCRIPTION, 'water/readings?subscriptionId', 'water/orders?subscriptionId');
watch('SERVICE', SUBSCRIPTION, 'water/faults?subscriptionId');
watch('BILL', SUBSCRIPTION, 'water/cut-notices?subscriptionId');

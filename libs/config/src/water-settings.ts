import { amounts, choice, feesInShekels, relief, setting, whole } from './setting-kinds';

/** Readings, meters, cuts and leaks of water. */
export const WATER_SETTINGS = {
  waterHighPercent: setting(
    'WATER_HIGH_PERCENT',
    '300',
    '% of the average above which a consumption is suspect',
    whole,
  ),
  waterLowPercent: setting('WATER_LOW_PERCENT', '30', '% of the average below which a consumption is suspect', whole),
  waterRolloverMost: setting(
    'WATER_ROLLOVER_MOST',
    '5000',
    'm³ a month above which a register that went back is misread rather than rolled over',
    whole,
  ),
  waterCopiedRun: setting(
    'WATER_COPIED_RUN',
    '5',
    'readings in a row of one pattern, or within seconds, that are suspect',
    whole,
  ),
  waterWalkSeconds: setting(
    'WATER_WALK_SECONDS',
    '10',
    'seconds between two readings in which nobody has walked',
    whole,
  ),
  waterMostEstimates: setting('WATER_MOST_ESTIMATES', '3', 'estimates in a row before a visit is demanded', whole),
  waterFees: setting(
    'WATER_FEES',
    'RECONNECTION:50,METER_TEST:30,WATER_CONNECTION:500,WATER_TRANSFER:20',
    'fees of water in ILS by charge head; 0: none',
    feesInShekels,
  ),
  waterMeterTolerance: setting(
    'WATER_METER_TOLERANCE',
    '400',
    'error of a meter in use that the bench lets pass, in hundredths of a percent; twice as much at the lowest flow',
    whole,
  ),
  waterCutLeastBills: setting('WATER_CUT_LEAST_BILLS', '2', 'unpaid bills below which no water is cut', whole),
  waterCutLeastOwed: setting('WATER_CUT_LEAST_OWED', 'ILS:2000', 'overdue debt below which no water is cut', amounts),
  waterNoticeDays: setting('WATER_NOTICE_DAYS', '7', 'days between the service of a notice and the cut', whole),
  waterReconnectionHours: setting('WATER_RECONNECTION_HOURS', '24', 'hours in which water is restored', whole),
  waterDuplicateHours: setting(
    'WATER_DUPLICATE_HOURS',
    '72',
    'hours back in which a report of a leak or outage may say the same as another of its zone',
    whole,
  ),
  waterLeakRelief: setting(
    'WATER_LEAK_RELIEF',
    'percent:50',
    'what is taken off the water of a repaired leak: a share of what it costs (percent:50), or all above a price a m³ (price:2.5)',
    relief,
  ),
  waterLeakMonths: setting(
    'WATER_LEAK_MONTHS',
    '24',
    'months in which a subscription has one allowance for a leak',
    whole,
  ),
  waterTokenVendor: setting(
    'WATER_TOKEN_VENDOR',
    'none',
    'vending system of prepaid meters: sandbox (tokens that no meter accepts; refused in production) or none',
    choice('none', 'sandbox'),
  ),
} as const;

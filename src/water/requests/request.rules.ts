import type { RequestDetails, RequestKind, RequestState } from './request.entity';

interface Workflow {
  /** In their order. */
  steps: readonly RequestState[];
  /** Codes of the documents that have to be shown. */
  documents: readonly string[];
  /** Head of its fee, whose amount is a setting. */
  fee?: string;
  /** What has to be told. */
  details: readonly (keyof RequestDetails)[];
}

const ALL: readonly RequestState[] = ['SUBMITTED', 'CHECKED', 'SURVEYED', 'FEES_DUE', 'PAID', 'EXECUTED', 'CLOSED'];
const without = (...steps: RequestState[]) => ALL.filter((step) => !steps.includes(step));

/** What each kind of request asks for, and the steps that it takes. */
export const WORKFLOWS: Readonly<Record<RequestKind, Workflow>> = {
  NEW_SUBSCRIPTION: {
    steps: ALL,
    documents: ['ID_CARD', 'OWNERSHIP_DEED', 'BUILDING_LICENCE'],
    fee: 'WATER_CONNECTION',
    details: ['address', 'waterClass', 'sizeMm'],
  },
  TRANSFER: {
    steps: without('SURVEYED'),
    documents: ['ID_CARD', 'SALE_CONTRACT'],
    fee: 'WATER_TRANSFER',
    details: ['soldOn', 'contractNumber'],
  },
  TEMPORARY_DISCONNECT: {
    steps: without('SURVEYED', 'FEES_DUE', 'PAID'),
    documents: ['ID_CARD'],
    details: ['reason'],
  },
  RECONNECT: { steps: without('SURVEYED'), documents: ['ID_CARD'], fee: 'RECONNECTION', details: [] },
  METER_TEST: { steps: without('CHECKED', 'SURVEYED'), documents: [], fee: 'METER_TEST', details: [] },
  OWN_READING: {
    steps: without('CHECKED', 'SURVEYED', 'FEES_DUE', 'PAID'),
    documents: [],
    details: ['reading', 'readOn'],
  },
  CHANGE_OF_CLASS: {
    steps: without('FEES_DUE', 'PAID'),
    documents: ['ID_CARD', 'TRADE_LICENCE'],
    details: ['waterClass'],
  },
};

/** Days in which the step after each is to be done. */
const DAYS: Readonly<Partial<Record<RequestState, number>>> = {
  SUBMITTED: 3,
  CHECKED: 5,
  SURVEYED: 2,
  FEES_DUE: 30,
  PAID: 7,
  EXECUTED: 2,
};

export const daysAfter = (state: RequestState): number | null => DAYS[state] ?? null;

/** The step that follows; null after the last. Nobody does PAID: it is seen at the charges. */
export function nextStep(kind: RequestKind, state: RequestState): RequestState | null {
  const { steps } = WORKFLOWS[kind];
  const at = steps.indexOf(state);
  return at < 0 ? null : (steps[at + 1] ?? null);
}

/** Nothing was done yet that a refusal could not undo. */
export const canBeEnded = (state: RequestState): boolean => ALL.slice(0, ALL.indexOf('EXECUTED')).includes(state);

export const missingDocuments = (kind: RequestKind, shown: readonly string[]): string[] =>
  WORKFLOWS[kind].documents.filter((code) => !shown.includes(code));

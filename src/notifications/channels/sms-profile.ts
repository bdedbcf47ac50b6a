import { readFileSync } from 'node:fs';
import { ConfigError } from '@libs/config';
import { REPORTED, type ReportedState } from '../messages/message-state.rules';

/** What an answer means: the first rule of the list that fits it. */
export interface AnswerRule {
  status?: number;
  /** JSON pointer into the answer, and the text that stands there. */
  pointer?: string;
  equals?: string;
  as: 'SENT' | 'TEMPORARY_FAILURE' | 'TECHNICAL_FAILURE' | 'PERMANENT_FAILURE';
}

/** How an operator or aggregator takes text messages over HTTP. `{{to}}`, `{{text}}`, `{{reference}}` stand in `body`. */
export interface SmsProfile {
  url: string;
  method: 'POST' | 'PUT';
  headers: Record<string, string>;
  /** Sent as JSON, or as a form when its members are texts and `form` is true. */
  body: Record<string, unknown>;
  form: boolean;
  /** `+970599000001`, `970599000001` or `0599000001`. */
  numbers: 'e164' | 'plain' | 'national';
  timeoutSeconds: number;
  /** Requests at a time. */
  concurrency: number;
  perMinute?: number;
  /**
   * What becomes of a message (but a code) that it may have taken: asked for `again`, which is right where it takes the same
   * `{{reference}}` once, or `leave`, so that nobody gets it twice and some do not get it. Only where the body has the
   * reference is there a default, `again`.
   */
  unsure: 'again' | 'leave';
  /** JSON pointer to the operator's own number of the message. */
  reference?: string;
  answers: AnswerRule[];
  /** How its delivery reports read: pointers, and our state for each of its own. */
  reports?: {
    secret: string;
    reference?: string;
    ours?: string;
    status: string;
    code?: string;
    states: Record<string, ReportedState>;
  };
}

const OUTCOMES = ['SENT', 'TEMPORARY_FAILURE', 'TECHNICAL_FAILURE', 'PERMANENT_FAILURE'];

/** By name; the file is JSON, `{"jawwal": {…}}`. @throws {ConfigError} that names what is wrong, never a value of a header */
export function readSmsProfiles(path: string | undefined): ReadonlyMap<string, SmsProfile> {
  if (path === undefined) return new Map();
  let profiles: unknown;
  try {
    profiles = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`SMS_PROFILES: cannot be read as JSON: ${path} (${(error as Error).name})`);
  }
  const members = Object.entries(isRecord(profiles) ? profiles : {});
  return new Map(members.map(([name, profile]) => [name, checked(name, profile)]));
}

function checked(name: string, given: unknown): SmsProfile {
  const fail = (what: string): never => {
    throw new ConfigError(`SMS_PROFILES: ${name}: ${what}`);
  };
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name) || !isRecord(given))
    return fail('expected small letters, digits and dashes, and an object');
  const defaults = {
    method: 'POST',
    headers: {},
    form: false,
    numbers: 'e164',
    timeoutSeconds: 10,
    concurrency: 10,
    answers: [],
  };
  const unsure = /\{\{reference\}\}/.test(JSON.stringify(given.body ?? {})) ? 'again' : undefined;
  const profile = { ...defaults, unsure, ...given } as unknown as SmsProfile;
  if (!/^https:\/\/|^http:\/\/127\.0\.0\.1[:/]/.test(String(profile.url))) fail('url: expected https');
  if (!['POST', 'PUT'].includes(profile.method)) fail('method: expected POST or PUT');
  if (!['e164', 'plain', 'national'].includes(profile.numbers)) fail('numbers: expected e164, plain or national');
  if (!isRecord(profile.headers) || !isRecord(profile.body)) fail('headers and body: expected objects');
  if (!/\{\{to\}\}/.test(JSON.stringify(profile.body))) fail('body: expected {{to}}');
  if (!/\{\{text\}\}/.test(JSON.stringify(profile.body))) fail('body: expected {{text}}');
  if (!['again', 'leave'].includes(profile.unsure))
    fail('unsure: expected again or leave, or {{reference}} in the body');
  if (!(profile.timeoutSeconds > 0 && profile.timeoutSeconds <= 60)) fail('timeoutSeconds: expected 1 to 60');
  if (!(profile.concurrency > 0 && profile.concurrency <= 100)) fail('concurrency: expected 1 to 100');
  if (!profile.answers.every(({ as }) => OUTCOMES.includes(as))) fail(`answers: expected as: ${OUTCOMES.join(', ')}`);
  const { reports } = profile;
  if (reports && (typeof reports.secret !== 'string' || reports.secret.length < 16))
    fail('reports: expected a secret of 16 characters');
  if (reports && !Object.values(reports.states ?? {}).every((state) => REPORTED.includes(state)))
    fail('reports: states');
  return profile;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a JSON pointer (RFC 6901), as text; undefined for nothing, an object or a list. */
export function textAt(document: unknown, pointer: string): string | undefined {
  let at: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[part.replace(/~1/g, '/').replace(/~0/g, '~')];
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? String(at) : undefined;
}

/** Puts values into the texts of a body, wherever they stand in it; what a value says is never looked at again. */
export function filled(body: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof body === 'string') return body.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  if (Array.isArray(body)) return body.map((each) => filled(each, values));
  if (!isRecord(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, filled(value, values)]));
}

import type { Channel } from '../templates/template.entity';
import { ALL_TOPICS } from './preference.entities';

export interface Refusal {
  subject: string;
  channel: Channel;
  /** A topic's code, or all of them. */
  topic: string;
}

export const recordSubject = (oneRecordId: number): string => `record/${oneRecordId}`;
export const contactSubject = (contact: string): string => `contact/${contact}`;
/** The record speaks for itself; an address alone speaks for whoever has it. */
export const subjectsOf = (oneRecordId: number | null, contact: string): string[] => [
  ...(oneRecordId === null ? [] : [recordSubject(oneRecordId)]),
  contactSubject(contact),
];

const keyOf = (subject: string, channel: string, topic: string): string => `${channel} ${topic} ${subject}`;

/** @returns whether messages of the topic are not wanted by the channel, by whichever of the subjects */
export function refuser(refusals: readonly Refusal[]) {
  const keys = new Set(refusals.map(({ subject, channel, topic }) => keyOf(subject, channel, topic)));
  return (subjects: readonly string[], channel: Channel, topic: string): boolean =>
    subjects.some((subject) => [topic, ALL_TOPICS].some((each) => keys.has(keyOf(subject, channel, each))));
}

import { EnumColumn, FlagColumn, IdColumn, InstantColumn, KeyColumn, RefColumn } from '@libs/persistence';
import { Entity, Unique } from 'typeorm';
import { CHANNELS, LANGUAGES, type Channel, type Language } from '../templates/template.entity';

/** Who said it: at the portal, an employee, behind the link of a message, by answering a text message. */
export const PREFERENCE_WAYS = ['CITIZEN', 'STAFF', 'LINK', 'INBOUND'] as const;
export type PreferenceWay = (typeof PREFERENCE_WAYS)[number];

/** All topics but the mandatory ones. */
export const ALL_TOPICS = '*';

/** Whether somebody wants messages of a topic by a channel; wanted until they say otherwise. */
@Entity('message_preferences')
@Unique(['subject', 'channel', 'topic'])
export class MessagePreference {
  @IdColumn() id: number;
  /** `record/1042`, or `contact/+970599000001`: whoever has that phone or address. */
  @KeyColumn(270) subject: string;
  @EnumColumn(CHANNELS) channel: Channel;
  /** Code of a topic, or {@link ALL_TOPICS}. */
  @KeyColumn(40) topic: string;
  @FlagColumn() wanted: boolean;
  @EnumColumn(PREFERENCE_WAYS) way: PreferenceWay;
  @InstantColumn() changedAt: string;
}

/** STANDARD: the quiet hours of the municipality. DAYTIME: nothing but codes and emergencies outside working hours. */
export const QUIET_CHOICES = ['STANDARD', 'DAYTIME'] as const;
export type QuietChoice = (typeof QUIET_CHOICES)[number];

/** How a OneRecord wants to be written to. */
@Entity('message_profiles')
@Unique(['oneRecordId'])
export class MessageProfile {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @EnumColumn(LANGUAGES) language: Language;
  @EnumColumn(QUIET_CHOICES) quiet: QuietChoice;
  @InstantColumn() changedAt: string;
}

export const PREFERENCE_ENTITIES = [MessagePreference, MessageProfile];

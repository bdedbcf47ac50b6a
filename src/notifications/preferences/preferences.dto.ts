import { Flag, Id, ListOf, OneOf, Txt } from '@libs/http';
import { LANGUAGES, type Channel, type Language } from '../templates/template.entity';
import { CHOSEN_CHANNELS, type PreferencesOf } from './citizen-preferences';
import { QUIET_CHOICES, type QuietChoice } from './preference.entities';

const TOPIC_EXAMPLE = 'bills';

export class RecordOfPreferences {
  @Id() id: number;
}

class ChosenTopic {
  @Txt({ max: 40, example: TOPIC_EXAMPLE }) topic: string;
  @OneOf(CHOSEN_CHANNELS, { example: 'SMS' }) channel: Channel;
  @Flag() wanted: boolean;
}

export class ChangePreferences {
  @OneOf(LANGUAGES, { optional: true, example: 'ar' }) language?: Language;
  @OneOf(QUIET_CHOICES, { optional: true, about: 'DAYTIME: nothing but codes and emergencies outside working hours' })
  quiet?: QuietChoice;
  @ListOf(() => ChosenTopic, { optional: true }) topics?: ChosenTopic[];
}

class ChannelChoiceView {
  @OneOf(CHOSEN_CHANNELS, { example: 'SMS' }) channel: string;
  @Flag() wanted: boolean;
}

class TopicChoiceView {
  @Txt({ example: TOPIC_EXAMPLE }) topic: string;
  @Txt({ example: 'الفواتير' }) nameAr: string;
  @Txt({ example: 'Bills' }) nameEn: string;
  @Flag({ about: 'the law or the safety of the account asks for it: always wanted' }) mandatory: boolean;
  @ListOf(() => ChannelChoiceView) channels: ChannelChoiceView[];
}

export class PreferencesView {
  @OneOf(LANGUAGES, { example: 'ar' }) language: Language;
  @OneOf(QUIET_CHOICES, { example: 'STANDARD' }) quiet: QuietChoice;
  @ListOf(() => TopicChoiceView) topics: TopicChoiceView[];
}

export const preferencesView = ({ language, quiet, topics }: PreferencesOf): PreferencesView => ({
  language,
  quiet,
  topics: topics.map(({ topic: { code, ar, en, mandatory }, wanted }) => ({
    ...{ topic: code, nameAr: ar, nameEn: en, mandatory },
    channels: CHOSEN_CHANNELS.map((channel) => ({ channel, wanted: wanted[channel] ?? true })),
  })),
});

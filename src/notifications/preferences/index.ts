import { CitizenPreferences } from './citizen-preferences';
import { PreferenceBook } from './preference-book';
import { PreferencesController } from './preferences.controller';
import { UnsubscribeController } from './unsubscribe.controller';
import { Unsubscribing } from './unsubscribing';

export { PreferenceBook };
export { CitizenPreferences };

export const PREFERENCE_CONTROLLERS = [PreferencesController, UnsubscribeController];
export const PREFERENCE_PROVIDERS = [PreferenceBook, CitizenPreferences, Unsubscribing];

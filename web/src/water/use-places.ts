import { $api } from '../api/client';
import { usePreferences } from '../i18n/preferences';

/** Zones and routes by id, as they are called in the language of the screen, and as the choices of a field. */
export function usePlaces(enabled = true) {
  const { language } = usePreferences();
  const zones = $api.useQuery('get', '/api/v1/water/zones', {}, { enabled }).data ?? [];
  const routes = $api.useQuery('get', '/api/v1/water/routes', {}, { enabled }).data ?? [];
  const zoneChoices = zones.map(({ id, nameAr, nameEn }) => ({
    value: String(id),
    label: language === 'ar' ? nameAr : nameEn,
  }));
  const routeChoices = routes.map(({ id, code, name }) => ({ value: String(id), label: `${code} · ${name}` }));
  const named = (choices: typeof zoneChoices, id: number) =>
    choices.find(({ value }) => value === String(id))?.label ?? String(id);
  return {
    zoneChoices,
    routeChoices,
    zone: (id: number) => named(zoneChoices, id),
    route: (id: number) => named(routeChoices, id),
  };
}

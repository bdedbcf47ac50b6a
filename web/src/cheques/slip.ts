import { languageNow } from '../i18n/preferences';

/** The slip of a deposit of cheques, to be shown and printed. */
export const slip = (id: number, title: string) => ({
  title,
  path: `/api/v1/cheque-deposits/${id}/pdf?lang=${languageNow()}`,
});

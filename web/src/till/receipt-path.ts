import { languageNow } from '../i18n/preferences';

/** The sheet of a receipt in the language of the screen, under its serial. */
export const receiptPath = (serial: string) => ({
  title: serial,
  path: `/api/v1/payments/${serial}/pdf?lang=${languageNow()}`,
});

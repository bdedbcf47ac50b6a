import { useText } from '../i18n/preferences';
import { TOP_UPS } from './top-ups.texts';

/** Twenty digits, four by four as they are keyed in, whatever digits the clerk prefers: the meter has Latin ones. */
export function Token({ token }: { token: string }) {
  const t = useText(TOP_UPS);
  return (
    <p className="token" dir="ltr" aria-label={t('token')} role="group">
      {(token.match(/.{1,4}/g) ?? []).map((part, at) => (
        <span key={at}>{part}</span>
      ))}
    </p>
  );
}

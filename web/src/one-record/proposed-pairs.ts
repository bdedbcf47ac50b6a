import type { Schemas } from '../api/client';
import type { RECORD } from './one-record.texts';
import type { Pair } from './side-by-side';
import type { OneRecord } from './use-record';

type Text = (key: keyof (typeof RECORD)['ar']) => string;

const joined = (name: Schemas['NameInput'] | undefined): string =>
  name ? [name.given, name.father, name.grandfather, name.family, name.body].filter(Boolean).join(' ') : '';

/** Only what the edit touches: how it stands, and how it would stand. */
export function proposedPairs(record: OneRecord, changes: Schemas['EditChangesInput'], t: Text): Pair[] {
  const pairs: (Pair | false | undefined)[] = [
    changes.name && { label: t('name'), left: record.approvedName, right: joined(changes.name) },
    changes.latinName && {
      label: t('latinName'),
      left: record.approvedLatinName,
      right: joined(changes.latinName),
      ltr: true,
    },
    changes.document && {
      label: t(`document_${changes.document.type}`),
      left: record.documentNumber ?? record.maskedDocument,
      right: changes.document.number,
      ltr: true,
    },
    changes.phone !== undefined && { label: t('phone'), left: record.phone, right: changes.phone, ltr: true },
    changes.email !== undefined && { label: t('email'), left: record.email, right: changes.email, ltr: true },
    changes.bornOn !== undefined && { label: t('bornOn'), left: record.bornOn, right: changes.bornOn, ltr: true },
    changes.diedOn !== undefined && { label: t('diedOn'), left: record.diedOn, right: changes.diedOn, ltr: true },
    ...(changes.links ?? []).map(({ legacyCitizenId, relation }) => {
      const link = record.links.find((known) => known.legacyCitizenId === legacyCitizenId);
      return (
        link && {
          label: `${link.rawName} (${link.citNo})`,
          left: t(`relation_${link.relation}`),
          right: t(`relation_${relation}`),
        }
      );
    }),
  ];
  return pairs.filter((pair) => pair !== undefined && pair !== false);
}

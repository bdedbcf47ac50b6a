import type { Described } from '../shared/stale';
import type { RECORD } from './one-record.texts';
import type { OneRecord } from './use-record';

type Text = (key: keyof (typeof RECORD)['ar']) => string;

/** What a clerk sees of a record, by label: to tell two versions of it apart. */
export const describeRecord =
  (t: Text) =>
  (record: OneRecord): Described => ({
    [t('state')]: t(`state_${record.state}`),
    [t('name')]: record.approvedName ?? '',
    [t('latinName')]: record.approvedLatinName ?? '',
    [t('documentType')]: record.documentType ? t(`document_${record.documentType}`) : '',
    [t('documentNumber')]: record.documentNumber ?? record.maskedDocument ?? '',
    [t('phone')]: record.phone ?? '',
    [t('email')]: record.email ?? '',
    [t('bornOn')]: record.bornOn ?? '',
    [t('diedOn')]: record.diedOn ?? '',
    [t('approvedRow')]: record.links.find(({ approved }) => approved)?.citNo ?? '',
    ...Object.fromEntries(
      record.links.map(({ citNo, rawName, relation }) => [`${rawName} (${citNo})`, t(`relation_${relation}`)]),
    ),
    [t('scan')]: record.evidence.map(({ fileName }) => fileName).join('، '),
  });

import type { Language } from '@libs/http';
import type { ServiceType } from './account.entity';

/** A service as sheets call it. */
export const SERVICE_NAMES: Readonly<Record<ServiceType, Readonly<Record<Language, string>>>> = {
  WATER: { ar: 'مياه', en: 'Water' },
  SEWER: { ar: 'صرف صحي', en: 'Sewerage' },
  WASTE: { ar: 'نفايات', en: 'Solid waste' },
  PROPERTY: { ar: 'أملاك ومعارف', en: 'Property and education tax' },
  LICENCE: { ar: 'حرف وصناعات', en: 'Trade licence' },
  PROJECT: { ar: 'مساهمة مشاريع', en: 'Project participation' },
  RENT: { ar: 'إيجارات', en: 'Rent' },
  OTHER: { ar: 'أخرى', en: 'Other' },
};

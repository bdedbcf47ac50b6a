import { defineProblems } from '@libs/http';

/** Refusals that concern the whole module; those of its parts stand beside them. */
export const WATER = defineProblems({
  'water.take-over-running': {
    status: 409,
    ar: 'ترحيل اشتراكات المياه جارٍ الآن',
    en: 'Water is being taken over already',
  },
});

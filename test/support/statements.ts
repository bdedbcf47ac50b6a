import type { TestApp } from './app';
import type { RowSeed } from './records';

/** Own accounts in two currencies, one without movements, and a shared one. */
export const PERSON: RowSeed[] = [
  {
    services: [
      {
        type: 'مياه',
        movements: [
          ['ILS', 100_000, 25_000, '2024-01-31'],
          ['ILS', 5_050, 0, '2026-11-24'],
        ],
      },
      {
        type: 'ضريبة المعارف',
        movements: [
          ['JOD', 35_250, 0, '2023-06-30'],
          ['JOD', 0, 40_000, null],
        ],
      },
    ],
  },
  { name: 'محمد النابلسي', services: [{ type: 'نفايات' }] },
  {
    name: 'محمد النابلسي وشركاه',
    relation: 'CO_OWNER',
    shareHundredths: 2550,
    services: [{ type: 'مساهمة مشاريع', movements: [['ILS', 900_000, 0]] }],
  },
];

/** Pages of a PDF. */
export const pages = (pdf: Buffer): number => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;

/** The requests of statements, each issue under a key of its own. */
export function statementRequests(app: TestApp) {
  let keys = 0;
  return {
    issue: (id: number, body: unknown = {}, { as = 'clerk', key = `key-${++keys}` } = {}) =>
      app.request('POST', `/one-records/${id}/statements`, { as, body, headers: { 'idempotency-key': key } }),
    verify: (serial: string, headers: Record<string, string> = {}) =>
      app.request('GET', `//verify/${encodeURIComponent(serial)}`, { headers }),
    pdf: (serial: string, query = '', as = 'clerk') => app.request('GET', `/statements/${serial}/pdf${query}`, { as }),
  };
}

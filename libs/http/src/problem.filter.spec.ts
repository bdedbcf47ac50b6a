import { problemDocument } from './problem.filter';
import { Problem } from './problems';

it('a problem says its title in the language that was asked for, and in both', () => {
  const titles = { ar: 'غير موجود', en: 'Not found' };
  const asked = (language: string) =>
    problemDocument(new Problem('http.not-found', { extra: { state: 'DRAFT' } }), {
      headers: { 'accept-language': language },
      url: '/api/v1/x?secret=1',
      id: 'req-1',
    });
  expect(asked('en-GB')).toEqual({
    ...{ type: '/problems/http.not-found', title: titles.en, titles, status: 404, code: 'http.not-found' },
    ...{ instance: '/api/v1/x', requestId: 'req-1', state: 'DRAFT' },
  });
  expect(asked('ar').title).toBe(titles.ar);
});

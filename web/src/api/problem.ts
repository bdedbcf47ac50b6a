import { fill, type Language } from '../i18n/dictionary';
import { RULES } from './rules.texts';

/** RFC 9457, as the server answers a refusal; `title` is in the language in which was asked, `titles` in each. */
export interface Problem {
  title: string;
  titles?: Partial<Record<Language, string>>;
  status: number;
  code: string;
  requestId?: string;
  errors?: { pointer: string; code: string }[];
  [extra: string]: unknown;
}

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'status' in error && 'title' in error;

/** Changed since it was read. */
export const isStale = (error: unknown): boolean => isProblem(error) && error.code === 'http.stale';

/**
 * Whatever was thrown, as a problem with its title in the language that the screen has now: it may be another than that in
 * which was asked. A request that never arrived is `web.offline`.
 */
export function asProblem(error: unknown, language: Language): Problem {
  if (isProblem(error)) return { ...error, title: error.titles?.[language] ?? error.title };
  const code = error instanceof TypeError ? 'web.offline' : 'web.unknown';
  return { title: RULES[language][code], status: 0, code };
}

/** What is wrong with a field, for people. */
export const ruleText = (code: string, language: Language): string =>
  fill((RULES[language] as Record<string, string>)[code] ?? RULES[language].wrong);

/** JSON pointers to the paths of a form: `/name/given` → `name.given`. */
export const errorsByField = (problem: Problem, language: Language): Record<string, string> =>
  Object.fromEntries(
    (problem.errors ?? []).map(({ pointer, code }) => [
      pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~'),
      ruleText(code, language),
    ]),
  );

import { languageNow } from '../i18n/preferences';
import type { components } from './schema';

export type User = components['schemas']['CurrentUserView'];
type Tokens = components['schemas']['TokensView'];

/** `over`: the session ended while somebody worked; what they typed stays on the page until they log in again. */
type State = { phase: 'starting' | 'out' } | { phase: 'in' | 'over'; user: User };

const KEY = 'baladiya.session';
const EARLY_MS = 30_000;

let state: State = { phase: 'starting' };
let tokens: { access: string; refresh: string; until: number } | undefined;
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();
let waiting: (() => void)[] = [];

function become(next: State): void {
  state = next;
  listeners.forEach((listener) => listener());
}

async function ask(path: 'login' | 'refresh', body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', 'Accept-Language': languageNow() };
  return fetch(`/api/v1/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function accept({ accessToken, refreshToken, expiresIn, user }: Tokens): void {
  tokens = { access: accessToken, refresh: refreshToken, until: Date.now() + expiresIn * 1000 };
  become({ phase: 'in', user });
  waiting.forEach((go) => go());
  waiting = [];
}

/** One at a time: a refresh token works once, and used twice it ends the session. False when the session is over. */
function refresh(token: string): Promise<boolean> {
  refreshing ??= (async () => {
    const answer = await ask('refresh', { refreshToken: token });
    if (answer.ok) accept((await answer.json()) as Tokens);
    else if (answer.status >= 500 || answer.status === 429) throw new TypeError('not now');
    return answer.ok;
  })().finally(() => (refreshing = undefined));
  return refreshing;
}

function over(): void {
  tokens = undefined;
  become(state.phase === 'in' || state.phase === 'over' ? { ...state, phase: 'over' } : { phase: 'out' });
}

export const session = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  state: () => state,

  /** Goes on where this tab was before it was loaded again. */
  async start(): Promise<void> {
    const token = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (token && (await refresh(token).catch(() => false))) return;
    become({ phase: 'out' });
  },

  /** @throws the problem document of a refusal */
  async login(username: string, password: string): Promise<void> {
    const answer = await ask('login', { username, password });
    if (!answer.ok) throw await answer.json();
    const given = (await answer.json()) as Tokens;
    // Another person must not find, or send, what was typed by the one before.
    if (state.phase === 'over' && state.user.id !== given.user.id) this.forget();
    accept(given);
  },

  async logout(): Promise<void> {
    await authorised(new Request('/api/v1/auth/logout', { method: 'POST' }), false).catch(() => undefined);
    this.forget();
  },

  /** Starts the page anew, with nothing of this user in memory. */
  forget(): void {
    tokens = undefined;
    waiting = [];
    become({ phase: 'out' });
    location.assign('/counter/');
  },
};

/** A request in the name of the user: extended before it expires, tried again after another login. */
export async function authorised(request: Request, retry = true): Promise<Response> {
  if (tokens && tokens.until - EARLY_MS < Date.now() && !(await refresh(tokens.refresh))) over();
  const again = retry ? request.clone() : undefined;
  const sent = tokens?.access;
  request.headers.set('Accept-Language', languageNow());
  if (sent) request.headers.set('Authorization', `Bearer ${sent}`);
  const answer = await fetch(request);
  if (answer.status !== 401 || !again) return answer;
  const renewed = tokens && (tokens.access !== sent || (await refresh(tokens.refresh)));
  if (!renewed) {
    over();
    if (state.phase !== 'over') return answer;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  return authorised(again, false);
}

// The refresh token lies in storage only while the page is loaded again: no other script, and no second tab, finds it there.
addEventListener('pagehide', () => tokens && sessionStorage.setItem(KEY, tokens.refresh));
addEventListener('pageshow', (event) => event.persisted && sessionStorage.removeItem(KEY));

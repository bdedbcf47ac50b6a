import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { CONFIG, type Config } from '@libs/config';
import { AUTHENTICATOR, Problem, sendProblem, type Authenticator } from '@libs/http';
import { JobTransport } from './transport';

export const JOB_BOARD = '/jobs';
export const OPENS_JOB_BOARD = 'operations.job-board.open';
const COOKIE = 'jobs';

/**
 * What waits in Redis, as pages of bull-board: to look at, nothing can be done to jobs there, because the outbox says
 * what becomes of messages. A browser shows them with a cookie that holds the access token of an administrator; each
 * request is checked as any other, so the pages end with the session.
 */
@Injectable()
export class JobBoard {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly transport: JobTransport,
  ) {}

  /** The header that opens the pages to the browser that gets it. */
  cookie(accessToken: string): string {
    const seconds = this.config.accessTokenMinutes * 60;
    const secure = this.config.publicUrl.startsWith('https:') ? '; Secure' : '';
    return `${COOKIE}=${accessToken}; Path=${JOB_BOARD}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
  }

  /** Without Redis there are no pages. */
  mount(server: FastifyInstance): void {
    if (!this.config.redisUrl) return;
    void server.register(
      async (scope) => {
        const { createBullBoard } = await import('@bull-board/api');
        const { BullMQAdapter } = await import('@bull-board/api/bullMQAdapter');
        const { FastifyAdapter } = await import('@bull-board/fastify');
        const pages = new FastifyAdapter();
        pages.setBasePath(JOB_BOARD);
        const board = createBullBoard({
          queues: [],
          serverAdapter: pages as never,
          options: { uiConfig: { boardTitle: 'Baladiya' } },
        });
        scope.addHook('onRequest', async (request, reply) => {
          const refused = await this.refusal(request.method, request.headers.cookie);
          if (refused) return sendProblem(new Problem(refused), request, reply);
          // Queues are there once Redis has answered for the first time.
          board.replaceQueues(this.transport.queues().map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })));
        });
        await scope.register(pages.registerPlugin());
      },
      { prefix: JOB_BOARD },
    );
  }

  private async refusal(method: string, cookies = ''): Promise<'http.unauthenticated' | 'http.forbidden' | undefined> {
    const token = new RegExp(`(?:^|; )${COOKIE}=([\\w.-]{1,4096})(?:;|$)`).exec(cookies)?.[1];
    const principal = token ? await this.authenticator.authenticate(token) : null;
    if (!principal) return 'http.unauthenticated';
    if (method === 'GET' && principal.permissions.has(OPENS_JOB_BOARD)) return undefined;
    await this.authenticator.refused(principal, [OPENS_JOB_BOARD]);
    return 'http.forbidden';
  }
}

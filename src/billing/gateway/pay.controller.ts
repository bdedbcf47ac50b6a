import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { problemKind, Public, Refuses } from '@libs/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerByPage, UNLISTED, wantsJson } from '../../documents';
import { PayView } from './gateway.dto';
import { GATEWAY } from './gateway.problems';
import { Gateways } from './gateways';
import { payPage, payProblemPage, payView, unknownPayPage } from './pay.page';
import { GatewayTransactions } from './transactions';

const Token = () => ApiParam({ name: 'token', schema: { type: 'string' } });

/** The page behind a link to pay: whoever has the link is the payer. */
@ApiTags('billing: online payments')
@Controller('pay')
export class PayController {
  constructor(
    private readonly transactions: GatewayTransactions,
    private readonly gateways: Gateways,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':token')
  @Public()
  @ApiOperation({ summary: 'What is to be paid or was: a page, or JSON when that is asked for' })
  @Token()
  @ApiExtraModels(PayView)
  @ApiOkResponse({
    content: {
      'text/html': { schema: { type: 'string' } },
      'application/json': { schema: { $ref: getSchemaPath(PayView) } },
    },
  })
  @Refuses('http.not-found')
  page(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PayView | string> {
    return this.answer(request, reply, async () => {
      const found = await this.transactions.byToken(token);
      const view = payView(found, this.transactions.isPayable(found.transaction));
      return wantsJson(request) ? view : payPage(view, this.config);
    });
  }

  @Post(':token')
  @Public()
  @ApiOperation({ summary: 'Go to the page of the payment gateway' })
  @Token()
  @ApiResponse({ status: 303, description: 'to the gateway' })
  @Refuses('http.not-found', GATEWAY['billing.transaction-over'])
  @Refuses(GATEWAY['billing.gateway-none'], GATEWAY['billing.gateway-failed'])
  pay(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(request, reply, async () => {
      const url = await this.transactions.open(token);
      void reply.status(303).header('Location', url);
      return '';
    });
  }

  /** Problems are pages too, unless a program asks. */
  private answer<T>(request: FastifyRequest, reply: FastifyReply, work: () => Promise<T>): Promise<T | string> {
    void reply.headers({ ...UNLISTED, Vary: 'Accept', 'Content-Security-Policy': this.policy(reply) });
    if (wantsJson(request)) return work();
    return answerByPage(reply, work, ({ code }) => {
      const { status, ar, en } = problemKind(code);
      return status === 404 ? unknownPayPage(this.config) : payProblemPage(ar, en, this.config);
    });
  }

  /** The form leads on to the gateway, which browsers take for a part of it. */
  private policy(reply: FastifyReply): string {
    const everywhere = String(reply.getHeader('Content-Security-Policy'));
    const action = ["form-action 'self'", ...(this.gateways.current?.payerOrigins ?? [])].join(' ');
    return everywhere.replace("form-action 'self'", action);
  }
}

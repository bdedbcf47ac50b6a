import { Controller, HttpCode, Param, Post, Req, type RawBodyRequest } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public, Refuses, SignedBody } from '@libs/http';
import type { FastifyRequest } from 'fastify';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from './callback-signature';
import { Callbacks } from './callbacks';
import { CallbackView } from './gateway.dto';
import { GATEWAY } from './gateway.problems';

@ApiTags('billing: online payments')
@Controller('gateway/callbacks')
export class CallbacksController {
  constructor(private readonly callbacks: Callbacks) {}

  @Post(':gateway')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'What a payment gateway tells us; signed, and once or many times' })
  @ApiParam({ name: 'gateway', example: 'sandbox', schema: { type: 'string' } })
  @SignedBody(TIMESTAMP_HEADER, SIGNATURE_HEADER)
  @ApiBody({
    schema: {
      type: 'object',
      example: { reference: 'SBX-4oJ3', status: 'SUCCESS', currency: 'ILS', amount: 12550, paidAt: null },
    },
  })
  @ApiOkResponse({ type: CallbackView })
  @Refuses(...Object.values(GATEWAY).filter((code) => /callback|none/.test(code)))
  async receive(
    @Param('gateway') gateway: string,
    @Req() { headers, rawBody }: RawBodyRequest<FastifyRequest>,
  ): Promise<CallbackView> {
    return { outcome: await this.callbacks.receive(gateway, { headers, body: rawBody ?? Buffer.alloc(0) }) };
  }
}

import { Controller, HttpCode, Param, Post, Req, type RawBodyRequest } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Int, Public, Refuses, SignedBody } from '@libs/http';
import type { FastifyRequest } from 'fastify';
import { CALLBACKS } from './callback.problems';
import { DeliveryCallbacks, SIGNATURE_HEADER, TIMESTAMP_HEADER } from './callbacks';

class ReportsTakenView {
  @Int({ example: 1 }) taken: number;
  @Int({ example: 1, about: 'reports that said something new' }) news: number;
}

@ApiTags('notifications')
@Controller('notifications/callbacks')
export class DeliveryCallbacksController {
  constructor(private readonly callbacks: DeliveryCallbacks) {}

  @Post(':provider')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Delivery reports of a provider, one or a list; signed, and once or many times' })
  @ApiParam({ name: 'provider', example: 'sandbox', schema: { type: 'string' } })
  @SignedBody(TIMESTAMP_HEADER, SIGNATURE_HEADER)
  @ApiBody({ schema: { type: 'object', example: { reference: 'water.interruption:77:SMS', status: 'DELIVERED' } } })
  @ApiOkResponse({ type: ReportsTakenView })
  @Refuses('http.not-found', ...Object.values(CALLBACKS))
  receive(
    @Param('provider') provider: string,
    @Req() { headers, rawBody }: RawBodyRequest<FastifyRequest>,
  ): Promise<ReportsTakenView> {
    return this.callbacks.receive(provider, headers, rawBody ?? Buffer.alloc(0));
  }
}

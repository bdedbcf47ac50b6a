import { Controller, Get, Header, Redirect, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OneOf, Problem, Public, Refuses } from '@libs/http';
import { JobTransport } from '@libs/outbox';
import { Store } from '@libs/persistence';
import { Metrics } from './metrics';

class LiveView {
  @OneOf(['ok'], { example: 'ok' }) status: string;
}

class HealthView {
  @OneOf(['ok', 'degraded'], { example: 'ok' }) status: string;
  @OneOf(['up', 'down', 'none'], { example: 'none' }) redis: string;
}

@ApiTags('system')
@Controller({ version: VERSION_NEUTRAL })
export class HealthController {
  constructor(
    private readonly store: Store,
    private readonly metrics: Metrics,
    private readonly transport: JobTransport,
  ) {}

  @Get()
  @Public()
  @Redirect('/docs')
  @ApiExcludeEndpoint()
  home(): void {}

  @Get('health')
  @Public()
  @ApiOperation({ summary: 'The same as /health/ready' })
  @ApiOkResponse({ type: HealthView })
  @Refuses('http.unavailable')
  health(): Promise<HealthView> {
    return this.ready();
  }

  @Get('health/live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: LiveView })
  live(): LiveView {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Public()
  @ApiOperation({
    summary: 'The process can serve: its database answers; degraded while Redis is away and all is done without it',
  })
  @ApiOkResponse({ type: HealthView })
  @Refuses('http.unavailable')
  async ready(): Promise<HealthView> {
    await this.store.sql('SELECT 1 AS one').catch(() => {
      throw new Problem('http.unavailable');
    });
    const redis = this.transport.state();
    return { status: redis === 'down' ? 'degraded' : 'ok', redis: redis === 'embedded' ? 'none' : redis };
  }

  @Get('metrics')
  @Public()
  @Header('Content-Type', 'text/plain; version=0.0.4')
  @ApiOperation({ summary: 'Prometheus metrics; keep it inside the network' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  prometheus(): Promise<string> {
    return this.metrics.text();
  }
}

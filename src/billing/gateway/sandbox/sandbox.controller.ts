import { Body, Controller, Get, Header, Inject, Param, Post, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Flag, OneOf, Public } from '@libs/http';
import { SANDBOX_ACTS, SandboxDesk, type SandboxAct } from './sandbox-desk';
import { sandboxPage } from './sandbox.page';

class SandboxForm {
  @OneOf(SANDBOX_ACTS, { example: 'PAY' }) act: SandboxAct;
  @Flag({ optional: true, example: false }) lost?: boolean;
}

/** The gateway's own page, which is no part of the municipality's API; 404 unless PAYMENT_GATEWAY=sandbox. */
@ApiExcludeController()
@Controller('sandbox-gateway')
export class SandboxController {
  constructor(
    private readonly desk: SandboxDesk,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':reference')
  @Public()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async page(@Param('reference') reference: string): Promise<string> {
    return sandboxPage(await this.desk.session(reference), this.config);
  }

  @Post(':reference')
  @Public()
  @Redirect()
  async act(
    @Param('reference') reference: string,
    @Body() { act, lost = false }: SandboxForm,
  ): Promise<{ url: string; statusCode: number }> {
    await this.desk.act(reference, act, lost);
    return { url: `/sandbox-gateway/${encodeURIComponent(reference)}`, statusCode: 303 };
  }
}

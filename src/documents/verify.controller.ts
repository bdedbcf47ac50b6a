import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Problem, Public, Refuses } from '@libs/http';
import { readSerial } from '@libs/serial';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VerificationView } from './verification.dto';
import { VERIFICATION } from './verification.problems';
import { Verifications } from './verifications';
import { wantsJson } from './public-page';
import { unknownPage, verifiedPage } from './verify.page';

const HEADERS = { Vary: 'Accept', 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' };

@ApiTags('verification')
@Controller('verify')
export class VerifyController {
  constructor(
    private readonly verifications: Verifications,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':serial')
  @Public()
  @ApiOperation({ summary: 'Whether a printed document is ours: a page, or JSON when that is asked for' })
  @ApiParam({ name: 'serial', example: 'ST-OSS-2026-000123-62', schema: { type: 'string' } })
  @ApiExtraModels(VerificationView)
  @ApiOkResponse({
    content: {
      'text/html': { schema: { type: 'string' } },
      'application/json': { schema: { $ref: getSchemaPath(VerificationView) } },
    },
  })
  @Refuses(...Object.values(VERIFICATION))
  async verify(
    @Param('serial') serial: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationView | string> {
    void reply.headers(HEADERS);
    if (wantsJson(request)) return this.verifications.verify(serial);
    void reply.type('text/html; charset=utf-8');
    try {
      return verifiedPage(await this.verifications.verify(serial), this.config);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      void reply.status(404);
      const read = readSerial(serial);
      const shown = 'serial' in read ? read.serial : null;
      return unknownPage(shown, error.code === VERIFICATION['verification.mistyped'], this.config);
    }
  }
}

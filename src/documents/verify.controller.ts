import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Public, Refuses } from '@libs/http';
import { readSerial } from '@libs/serial';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VerificationView } from './verification.dto';
import { VERIFICATION } from './verification.problems';
import { Verifications } from './verifications';
import { answerByPage, UNLISTED, wantsJson } from './public-page';
import { unknownPage, verifiedPage } from './verify.page';

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
    void reply.headers({ ...UNLISTED, Vary: 'Accept' });
    if (wantsJson(request)) return this.verifications.verify(serial);
    const page = async () => verifiedPage(await this.verifications.verify(serial), this.config);
    return answerByPage(reply, page, ({ code }) => {
      const read = readSerial(serial);
      const shown = 'serial' in read ? read.serial : null;
      return unknownPage(shown, code === VERIFICATION['verification.mistyped'], this.config);
    });
  }
}

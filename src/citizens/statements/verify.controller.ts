import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Problem, Public, Refuses } from '@libs/http';
import { readSerial } from '@libs/serial';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isGenuine, Statements } from './statements';
import { VerificationView, verificationView } from './statements.dto';
import { CODES } from './statements.problems';
import { Verifiers } from './verifiers';
import { unknownPage, verifiedPage } from './verify.page';

/** JSON for programs that ask for it, a page for everybody else. */
const wantsJson = ({ headers }: FastifyRequest): boolean =>
  /\bapplication\/(problem\+)?json\b/i.test(headers.accept ?? '');

const HEADERS = { Vary: 'Accept', 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' };

@ApiTags('verification')
@Controller('verify')
export class VerifyController {
  constructor(
    private readonly statements: Statements,
    private readonly verifiers: Verifiers,
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
  @Refuses(CODES['citizens.statement-unknown'], CODES['citizens.serial-mistyped'])
  async verify(
    @Param('serial') serial: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationView | string> {
    void reply.headers(HEADERS);
    if (wantsJson(request)) return this.verification(serial);
    void reply.type('text/html; charset=utf-8');
    try {
      return verifiedPage(await this.verification(serial), this.config);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      void reply.status(404);
      const read = readSerial(serial);
      const shown = 'serial' in read ? read.serial : null;
      return unknownPage(shown, error.code === CODES['citizens.serial-mistyped'], this.config);
    }
  }

  private async verification(serial: string): Promise<VerificationView> {
    const read = readSerial(serial);
    const verify = read.ok ? this.verifiers.of(read.kind) : undefined;
    if (read.ok && verify) {
      const found = await verify(read.serial);
      if (!found) throw new Problem(CODES['citizens.statement-unknown']);
      return found;
    }
    const statement = await this.statements.find(serial);
    if (!isGenuine(statement)) return verificationView(statement, 'ALTERED');
    return verificationView(statement, (await this.statements.hasNewer(statement)) ? 'SUPERSEDED' : 'VALID');
  }
}

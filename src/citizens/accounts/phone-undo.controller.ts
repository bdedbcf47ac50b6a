import { Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Problem, problemKind, Public, Refuses } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { ACCESS } from './accounts.problems';
import { PhoneChanges } from './phone-changes';
import { undonePage, undoPage, undoRefusedPage } from './phone-undo.page';

const HEADERS = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' };
const Token = () => ApiParam({ name: 'token', schema: { type: 'string' } });
const Page = () => ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } });

/** The page behind the link that the old phone is sent: whoever has the link holds that phone. */
@ApiTags('citizen access')
@Controller('phone-undo')
export class PhoneUndoController {
  constructor(
    private readonly phones: PhoneChanges,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':token')
  @Public()
  @ApiOperation({ summary: 'A page that asks whether the change of phone shall be undone; it undoes nothing itself' })
  @Token()
  @Page()
  @Refuses(ACCESS['citizens.undo-refused'])
  async page(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.answer(reply, async () => undoPage(await this.phones.undoable(token), this.config));
  }

  @Post(':token')
  @Public()
  @ApiOperation({ summary: 'Undo a change of phone; ends every session and the passphrase' })
  @Token()
  @Page()
  @Refuses(ACCESS['citizens.undo-refused'], 'http.too-many-requests')
  async undo(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.answer(reply, async () => {
      await this.phones.undo(token);
      void reply.status(200);
      return undonePage(this.config);
    });
  }

  private async answer(reply: FastifyReply, work: () => Promise<string>): Promise<string> {
    void reply.headers(HEADERS).type('text/html; charset=utf-8');
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { status, ar, en } = problemKind(error.code);
      void reply.status(status);
      return undoRefusedPage(ar, en, this.config);
    }
  }
}

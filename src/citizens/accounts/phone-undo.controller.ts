import { Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { problemKind, Public, Refuses } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { answerByPage } from '../../documents';
import { ACCESS } from './accounts.problems';
import { PhoneChanges } from './phone-changes';
import { undonePage, undoPage, undoRefusedPage } from './phone-undo.page';

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
  page(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.answer(reply, async () => undoPage(await this.phones.undoable(token), this.config));
  }

  @Post(':token')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Undo a change of phone; ends every session and the passphrase' })
  @Token()
  @Page()
  @Refuses(ACCESS['citizens.undo-refused'], 'http.too-many-requests')
  undo(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.answer(reply, async () => {
      await this.phones.undo(token);
      return undonePage(this.config);
    });
  }

  private answer(reply: FastifyReply, work: () => Promise<string>): Promise<string> {
    return answerByPage(reply, work, ({ code }) => {
      const { ar, en } = problemKind(code);
      return undoRefusedPage(ar, en, this.config);
    });
  }
}

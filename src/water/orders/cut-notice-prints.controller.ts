import { Controller, Get, Header, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, Refuses, type Language } from '@libs/http';
import { UnitOfWork } from '@libs/persistence';
import { renderPdf, SHEETS_PER_FILE } from '@libs/printing';
import { pdfFile } from '../../documents';
import type { CutNotice } from './cut.entity';
import { cutNoticeSheet } from './cut-notice-sheet';
import { CutNotices } from './cut-notices';
import { CutNoticeParam, PrintCutNotice, PrintCutNotices } from './cut-notices.dto';
import { CutRuns } from './cut-runs';
import { CutRunParam } from './cut-runs.dto';
import { ORDERS } from './orders.problems';

const PDF = { schema: { type: 'string', format: 'binary' } };
const ALTERED = ORDERS['water.cut-notice-altered'];

@ApiTags('water: disconnection')
@Controller('water')
export class CutNoticePrintsController {
  constructor(
    private readonly notices: CutNotices,
    private readonly runs: CutRuns,
    private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('cut-notices/:serial/pdf')
  @Allow('water.cut-notice.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The notice with its record of service; the later prints are marked نسخة' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async one(
    @Param() { serial: typed }: CutNoticeParam,
    @Query() { lang = 'ar' }: PrintCutNotice,
  ): Promise<StreamableFile> {
    const notice = await this.notices.get(typed);
    const { serial } = notice;
    const print = await this.notices.countPrint(notice);
    const pdf = await renderPdf('disconnection-notice', cutNoticeSheet(notice, this.config, { lang, print }));
    return pdfFile(pdf, { ascii: `disconnection-notice-${serial}`, utf8: `إخطار بالفصل ${serial}` });
  }

  @Get('cut-runs/:id/notices.pdf')
  @Allow('water.cut-notice.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The notices of a run for the printer, in files of at most 100; each counts as a sheet' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', ALTERED, ORDERS['water.no-cut-notices'])
  async all(@Param() { id }: CutRunParam, @Query() { lang = 'ar', part }: PrintCutNotices): Promise<StreamableFile> {
    await this.runs.get(id);
    const notices = await this.notices.ofRun(id, (part - 1) * SHEETS_PER_FILE, SHEETS_PER_FILE);
    const pdf = await renderPdf('disconnection-notices', await this.counted(notices, lang));
    return pdfFile(pdf, { ascii: `disconnection-notices-${id}-${part}`, utf8: `إخطارات الفصل ${id}-${part}` });
  }

  private counted(notices: readonly CutNotice[], lang: Language) {
    return this.uow.run(async () => {
      const sheets = [];
      for (const notice of notices) {
        const print = await this.notices.countPrint(notice);
        sheets.push(cutNoticeSheet(notice, this.config, { lang, print }));
      }
      const { letterhead, issuedAt } = sheets[0]!;
      return { letterhead, lang, printedAt: issuedAt, notices: sheets };
    });
  }
}

import { Controller, Get, Header, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, Refuses, type Language } from '@libs/http';
import { renderPdf, SHEETS_PER_FILE } from '@libs/printing';
import { UnitOfWork } from '@libs/persistence';
import { pdfFile, Prints } from '../../documents';
import { DunningRuns } from './dunning-runs';
import { DunningRunParam } from './dunning-runs.dto';
import { DUNNING } from './dunning.problems';
import { Warning } from './warning.entity';
import { warningSheet } from './warning-sheet';
import { Warnings } from './warnings';
import { PrintWarning, PrintWarnings, WarningParam } from './warnings.dto';

const PDF = { schema: { type: 'string', format: 'binary' } };
const PRINTED = 'billing.warning-printed';

@ApiTags('billing: dunning')
@Controller('billing')
export class WarningPrintsController {
  constructor(
    private readonly warnings: Warnings,
    private readonly runs: DunningRuns,
    private readonly prints: Prints,
    private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('warnings/:serial/pdf')
  @Allow('billing.warning.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'The warning and its record of service; the first is the original, the later ones are marked نسخة',
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', DUNNING['billing.warning-altered'])
  async one(@Param() { serial: typed }: WarningParam, @Query() { lang = 'ar' }: PrintWarning): Promise<StreamableFile> {
    const { warning } = await this.warnings.get(typed);
    const { serial } = warning;
    const print = await this.prints.count(Warning, warning, PRINTED);
    const pdf = await renderPdf('warning', warningSheet(warning, this.config, { lang, print }));
    return pdfFile(pdf, { ascii: `warning-${serial}`, utf8: `إخطار ${serial}` });
  }

  @Get('dunning-runs/:id/warnings.pdf')
  @Allow('billing.warning.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The warnings of a run for the printer, in files of at most 100; each counts as a sheet' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', DUNNING['billing.no-warnings'], DUNNING['billing.warning-altered'])
  async all(@Param() { id }: DunningRunParam, @Query() { lang = 'ar', part }: PrintWarnings): Promise<StreamableFile> {
    await this.runs.get(id);
    const warnings = await this.warnings.ofRun(id, (part - 1) * SHEETS_PER_FILE, SHEETS_PER_FILE);
    const pdf = await renderPdf('warnings', await this.counted(warnings, lang));
    return pdfFile(pdf, { ascii: `warnings-${id}-${part}`, utf8: `إخطارات ${id}-${part}` });
  }

  private counted(warnings: readonly Warning[], lang: Language) {
    return this.uow.run(async () => {
      const sheets = [];
      for (const warning of warnings) {
        const print = await this.prints.count(Warning, warning, PRINTED);
        sheets.push(warningSheet(warning, this.config, { lang, print }));
      }
      const { letterhead, issuedAt } = sheets[0]!;
      return { letterhead, lang, printedAt: issuedAt, warnings: sheets };
    });
  }
}

import { Controller, Get, Header, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Allow, Caller, Id, OneOf, Refuses, type Language, type Principal } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import { Staff } from '../../identity';
import { Deposits } from './deposits';
import { ShiftReports } from './shift-report';
import { Shifts } from './shifts';
import { TILL } from './till.problems';
import { depositSheet, shiftSheet, type Printing } from './till-sheets';

class PrintedOfRoute {
  @Id() id: number;
}

class PrintQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: Language;
}

const PDF = { content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } };

/** The papers that go with the cash: they are no documents under a serial, so nobody counts their sheets. */
@Controller()
export class TillPrintsController {
  constructor(
    private readonly shifts: Shifts,
    private readonly reports: ShiftReports,
    private readonly deposits: Deposits,
    private readonly staff: Staff,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('shifts/:id/report.pdf')
  @ApiTags('billing: shifts')
  @Allow('billing.shift.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The report of a shift (تقرير الوردية) as a sheet; not before the count is given' })
  @ApiProduces('application/pdf')
  @ApiOkResponse(PDF)
  @Refuses('http.invalid', 'http.not-found', TILL['billing.shift-not-counted'])
  async report(
    @Param() { id }: PrintedOfRoute,
    @Query() query: PrintQuery,
    @Caller() caller: Principal,
  ): Promise<StreamableFile> {
    const report = await this.reports.of(await this.shifts.seenBy(id, caller));
    const voids = await this.reports.voids(id);
    const { closedBy } = report.shift;
    const names = await this.staff.names([caller.userId, ...(closedBy === null ? [] : [closedBy])]);
    const supervisor = closedBy === null ? null : (names.get(closedBy) ?? null);
    const sheet = shiftSheet({ ...report, voids }, this.config, this.printing(query, caller, names), supervisor);
    return pdfFile(await renderPdf('shift-report', sheet), { ascii: `shift-${id}`, utf8: `تقرير وردية ${id}` });
  }

  @Get('deposits/:id/slip.pdf')
  @ApiTags('billing: deposits')
  @Allow('billing.deposit.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The slip that goes to the bank with the cash (قسيمة إيداع)' })
  @ApiProduces('application/pdf')
  @ApiOkResponse(PDF)
  @Refuses('http.invalid', 'http.not-found')
  async slip(
    @Param() { id }: PrintedOfRoute,
    @Query() query: PrintQuery,
    @Caller() caller: Principal,
  ): Promise<StreamableFile> {
    const { deposit } = await this.deposits.get(id);
    const names = await this.staff.names([caller.userId]);
    const shifts = await this.reports.depositedWith(id);
    const sheet = depositSheet(deposit, shifts, this.config, this.printing(query, caller, names));
    return pdfFile(await renderPdf('deposit-slip', sheet), { ascii: `deposit-${id}`, utf8: `قسيمة إيداع ${id}` });
  }

  private printing({ lang = 'ar' }: PrintQuery, caller: Principal, names: ReadonlyMap<number, string>): Printing {
    return { lang, at: this.clock.now(), by: names.get(caller.userId) ?? caller.username };
  }
}

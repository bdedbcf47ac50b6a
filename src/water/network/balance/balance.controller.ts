import { Body, Controller, Get, Header, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, fileOf, Idempotent, Refuses, TakesFile, type Page, type Principal } from '@libs/http';
import { WORKBOOK_TYPE } from '@libs/spreadsheet';
import { checkMonths } from '../local-times';
import { READINGS } from '../../readings/readings.problems';
import { NetworkZones } from '../zones';
import { BalanceQuery, BalanceSheetQuery, BalanceView, balanceView } from './balance.dto';
import { balanceWorkbook } from './balance-workbook';
import { Balances, type RangeBalance } from './balances';
import { Volumes } from './volumes';
import {
  EnteredVolumesView,
  NewVolumes,
  NewZoneLength,
  TakenVolumesView,
  VolumesQuery,
  VolumeView,
  volumeView,
  ZoneLengthsView,
  ZoneLengthView,
  zoneLengthView,
} from './volumes.dto';

@ApiTags('water: balance')
@Controller('water')
export class BalanceController {
  constructor(
    private readonly volumes: Volumes,
    private readonly balances: Balances,
    private readonly zones: NetworkZones,
  ) {}

  @Post('volumes')
  @HttpCode(200)
  @Allow('water.balance.enter')
  @Idempotent()
  @ApiOperation({ summary: 'Enter or import volumes of bulk meters and of unbilled use, all rows or none' })
  @ApiOkResponse({ type: EnteredVolumesView })
  @Refuses('http.invalid', 'http.conflict')
  enter(@Body() { rows }: NewVolumes, @Caller() by: Principal): Promise<EnteredVolumesView> {
    return this.volumes.enter(rows, by);
  }

  @Post('volumes/file')
  @HttpCode(200)
  @Allow('water.balance.enter')
  @TakesFile('text/csv')
  @ApiOperation({
    summary: 'Volumes as CSV (zone, month, source, m³; kind, note); refused lines are named, the others taken',
  })
  @ApiOkResponse({ type: TakenVolumesView })
  @Refuses('http.invalid', READINGS['water.file-unreadable'])
  take(@Body() body: unknown, @Caller() by: Principal): Promise<TakenVolumesView> {
    return this.volumes.take(fileOf(body), by);
  }

  @Get('volumes')
  @Allow('water.balance.read')
  @ApiOperation({ summary: 'Volumes by zone, month and kind, newest first; replaced ones too' })
  @ApiPage(VolumeView)
  @Refuses('http.invalid')
  async list(@Query() query: VolumesQuery): Promise<Page<VolumeView>> {
    const page = await this.volumes.list(query);
    return { ...page, items: page.items.map(volumeView) };
  }

  @Post('zone-lengths')
  @Allow('water.balance.enter')
  @Idempotent()
  @ApiOperation({ summary: 'Length of the mains of a zone from a month on' })
  @ApiCreatedResponse({ type: ZoneLengthView })
  @Refuses('http.invalid')
  async setLength(@Body() body: NewZoneLength, @Caller() by: Principal): Promise<ZoneLengthView> {
    return zoneLengthView(await this.volumes.setLength(body, by));
  }

  @Get('zone-lengths')
  @Allow('water.balance.read')
  @ApiOperation({ summary: 'Lengths by zone and month; of the same month the last one holds' })
  @ApiOkResponse({ type: ZoneLengthsView })
  async lengths(): Promise<ZoneLengthsView> {
    return { lengths: (await this.volumes.lengths()).map(zoneLengthView) };
  }

  @Get('balance')
  @Allow('water.balance.read')
  @ApiOperation({ summary: 'Water balance (IWA) by zone and month: input, billed, unbilled, losses; what is missing' })
  @ApiOkResponse({ type: BalanceView })
  @Refuses('http.invalid')
  async balance(@Query() query: BalanceQuery): Promise<BalanceView> {
    return balanceView(await this.of(query));
  }

  @Get('balance/xlsx')
  @Allow('water.balance.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The same as a workbook' })
  @ApiProduces(WORKBOOK_TYPE)
  @ApiOkResponse({ content: { [WORKBOOK_TYPE]: { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid')
  async workbook(@Query() { lang = 'ar', ...query }: BalanceSheetQuery): Promise<StreamableFile> {
    const workbook = await balanceWorkbook(await this.of(query), lang);
    const disposition = `attachment; filename="water-balance-${query.from}-${query.to}.xlsx"`;
    return new StreamableFile(workbook, { type: WORKBOOK_TYPE, length: workbook.length, disposition });
  }

  private async of({ from, to, zoneId }: BalanceQuery): Promise<RangeBalance> {
    checkMonths(from, to);
    return this.balances.of(from, to, zoneId === undefined ? undefined : await this.zones.require(zoneId));
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { parseLitres } from '@libs/tariff';
import { Staff } from '../../identity';
import { lastDay, ratingView } from './rating.view';
import type { WaterTariff } from './tariff.entity';
import { Tariffs } from './tariffs';
import { CheckedView, CheckTariff, DraftTariff, ListTariffs, RetireTariff, SimulateTariff } from './tariffs.dto';
import { SimulationView, TariffParam, tariffView, TariffView } from './tariffs.dto';
import { TARIFFS } from './tariffs.problems';
import { readTariff } from './tariffs.rules';

const FAULTS = ['http.invalid', TARIFFS['water.tariff-faults'], TARIFFS['water.tariff-code-taken']];
const STATE = ['http.invalid', 'http.not-found', TARIFFS['water.tariff-state']];

@ApiTags('water: tariffs')
@Controller('water/tariffs')
export class TariffsController {
  constructor(
    private readonly tariffs: Tariffs,
    private readonly staff: Staff,
  ) {}

  @Get()
  @Allow('water.tariff.read')
  @ApiOperation({ summary: 'Versions by class, the latest first' })
  @ApiPage(TariffView)
  @Refuses('http.invalid')
  async list(@Query() query: ListTariffs): Promise<Page<TariffView>> {
    const page = await this.tariffs.list(query);
    return { ...page, items: await this.views(page.items) };
  }

  @Get(':id')
  @Allow('water.tariff.read')
  @ApiOperation({ summary: 'One version' })
  @ApiOkResponse({ type: TariffView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: TariffParam): Promise<TariffView> {
    return this.view(await this.tariffs.get(id));
  }

  @Post()
  @Allow('water.tariff.draft')
  @Idempotent()
  @ApiOperation({ summary: 'Draft a version' })
  @ApiCreatedResponse({ type: TariffView })
  @Refuses(...FAULTS)
  async draft(@Body() body: DraftTariff, @Caller() by: Principal): Promise<TariffView> {
    return this.view(await this.tariffs.draft(body, by));
  }

  @Post('validate')
  @HttpCode(200)
  @Allow('water.tariff.draft')
  @ApiOperation({ summary: 'Whether it is a tariff: every fault is told with its place' })
  @ApiOkResponse({ type: CheckedView })
  @Refuses('http.invalid', TARIFFS['water.tariff-faults'])
  validate(@Body() { data }: CheckTariff): CheckedView {
    const { code, class: waterClass, from } = readTariff(data);
    return { code, waterClass, effectiveFrom: from };
  }

  @Post('simulate')
  @HttpCode(200)
  @Allow('water.tariff.read')
  @ApiOperation({ summary: 'What a consumption costs, line by line, by any version or by what is approved' })
  @ApiOkResponse({ type: SimulationView })
  @Refuses('http.invalid', 'http.not-found', TARIFFS['water.no-tariff'])
  async simulate(@Body() body: SimulateTariff): Promise<SimulationView> {
    const { tariffId, waterClass, sizeMm: size, units, sewer, from, days, consumption } = body;
    if (tariffId !== undefined) await this.tariffs.get(tariffId);
    const book = tariffId === undefined ? await this.tariffs.book() : await this.tariffs.bookOf([tariffId]);
    const usage = { class: waterClass, size, units, from, to: lastDay(from, days), litres: parseLitres(consumption) };
    return ratingView(book.rate(usage, { sewer }));
  }

  @Put(':id')
  @Allow('water.tariff.draft')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change a draft' })
  @ApiOkResponse({ type: TariffView })
  @Refuses(...FAULTS, ...STATE)
  async change(
    @Param() { id }: TariffParam,
    @IfMatch() version: number,
    @Body() body: DraftTariff,
    @Caller() by: Principal,
  ): Promise<TariffView> {
    return this.view(await this.tariffs.change({ id, version }, body, by));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('water.tariff.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Approve a draft, unless one drafted it; it never changes afterwards' })
  @ApiOkResponse({ type: TariffView })
  @Refuses(...STATE, TARIFFS['water.tariff-own-work'], TARIFFS['water.tariff-overlap'])
  async approve(
    @Param() { id }: TariffParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<TariffView> {
    return this.view(await this.tariffs.approve({ id, version }, by));
  }

  @Post(':id/retire')
  @HttpCode(200)
  @Allow('water.tariff.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Rate by it no more; what was rated by it stays until it is rated again' })
  @ApiOkResponse({ type: TariffView })
  @Refuses(...STATE)
  async retire(
    @Param() { id }: TariffParam,
    @IfMatch() version: number,
    @Body() { reason }: RetireTariff,
    @Caller() by: Principal,
  ): Promise<TariffView> {
    return this.view(await this.tariffs.retire({ id, version }, reason, by));
  }

  private async view(tariff: WaterTariff): Promise<TariffView> {
    return (await this.views([tariff]))[0]!;
  }

  private async views(tariffs: readonly WaterTariff[]): Promise<TariffView[]> {
    const names = await this.staff.names(
      tariffs.flatMap(({ draftedBy, approvedBy }) => [draftedBy, approvedBy ?? []].flat()),
    );
    return tariffs.map((tariff) => tariffView(tariff, names));
  }
}

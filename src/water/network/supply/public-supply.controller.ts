import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Public, Refuses } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { PublishedSupply } from './published-supply';
import { PublicSupplyQuery, PublicSupplyView, publicSupplyView, SupplyPageQuery } from './published-supply.dto';
import { supplyPage } from './supply.page';

/** Seconds for which anybody may keep the answer. */
const CACHE = 'public, max-age=60';

@ApiTags('water: supply')
@Controller()
export class PublicSupplyController {
  constructor(
    private readonly supply: PublishedSupply,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('public/water/supply')
  @Public()
  @Header('Cache-Control', CACHE)
  @ApiOperation({ summary: 'When zones have water, now and for seven days, and interruptions; open to everybody' })
  @ApiOkResponse({ type: PublicSupplyView })
  @Refuses('http.invalid', 'http.not-found')
  async now(@Query() { zone }: PublicSupplyQuery): Promise<PublicSupplyView> {
    return publicSupplyView(await this.supply.of(zone || undefined));
  }

  @Get('supply')
  @Public()
  @ApiOperation({ summary: 'The same as a page for people' })
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @ApiNotFoundResponse({ description: 'a page that says so and offers the zones' })
  @Refuses('http.invalid')
  async page(
    @Query() { zone, lang = 'ar' }: SupplyPageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { asOf, zones } = await this.supply.of();
    void reply.type('text/html; charset=utf-8').header('Cache-Control', CACHE);
    const shown = zones.filter((each) => !zone || each.zone.code === zone);
    if (zone && shown.length === 0) void reply.status(404);
    return supplyPage(this.config, { lang, asOf, zones, shown, code: zone || null });
  }
}

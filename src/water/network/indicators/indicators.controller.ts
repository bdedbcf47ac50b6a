import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Allow, Refuses } from '@libs/http';
import { checkMonths } from '../local-times';
import { Indicators } from './indicators';
import { IndicatorsQuery, IndicatorsView, indicatorView } from './indicators.dto';

@ApiTags('water: indicators')
@Controller('water/indicators')
export class IndicatorsController {
  constructor(
    private readonly indicators: Indicators,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('water.indicator.read')
  @ApiOperation({ summary: 'Performance indicators of a range of months, each with its definition and parts' })
  @ApiOkResponse({ type: IndicatorsView })
  @Refuses('http.invalid')
  async of(@Query() { from, to }: IndicatorsQuery): Promise<IndicatorsView> {
    checkMonths(from, to);
    const indicators = (await this.indicators.of(from, to)).map(indicatorView);
    return { from, to, asOf: this.clock.now(), indicators };
  }
}

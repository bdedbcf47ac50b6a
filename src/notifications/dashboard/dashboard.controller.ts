import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { Dashboard } from './dashboard';
import { DashboardQuery, DashboardView, dashboardView } from './dashboard.dto';

@ApiTags('notifications')
@Controller('notifications/dashboard')
export class DashboardController {
  constructor(private readonly dashboard: Dashboard) {}

  @Get()
  @Allow('notifications.dashboard.read')
  @ApiOperation({ summary: 'How sending went over some days: outcomes, failures, latency and cost' })
  @ApiOkResponse({ type: DashboardView })
  @Refuses('http.invalid')
  async of(@Query() { from, to }: DashboardQuery): Promise<DashboardView> {
    return dashboardView(await this.dashboard.of(from, to));
  }
}

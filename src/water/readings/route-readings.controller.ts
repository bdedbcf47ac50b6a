import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Idempotent, Refuses, type Principal } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { CloseRoute, RouteClosingView, EstimateRoute, ReopenRoute } from './capture.dto';
import { Estimates } from './estimates';
import { ReadingClosings } from './reading-closings';
import type { ReadingClosing } from './reading-visit.entity';
import { ReadingParam } from './reading-list.dto';
import { READINGS, REFUSED } from './readings.problems';
import { EstimatesView, estimatesView, SheetQuery, sheetView, SheetView } from './route-reading.dto';
import { RouteSheets, sheetCsv } from './route-sheet';

const closingView = ({ routeId, period, state, changedAt }: ReadingClosing): RouteClosingView => ({
  ...{ routeId, period, state, changedAt },
});

@ApiTags('water: readings')
@Controller('water/routes/:id')
export class RouteReadingsController {
  constructor(
    private readonly sheets: RouteSheets,
    private readonly estimates: Estimates,
    private readonly closings: ReadingClosings,
  ) {}

  @Get('sheet')
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'The walk of a route for a handheld: active meters, last readings, what is expected' })
  @ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ type: SheetView })
  @ApiResponse({ status: 304, description: 'nothing in it has changed' })
  @Refuses('http.invalid', 'http.not-found')
  async sheet(
    @Param() { id }: ReadingParam,
    @Query() { period }: SheetQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SheetView | undefined> {
    const sheet = sheetView(await this.sheets.of(id, period));
    const tag = `"${sheet.hash}"`;
    void reply.header('ETag', tag).header('Cache-Control', 'private, no-cache');
    if (!known?.split(/\s*,\s*/).some((each) => each === tag || each === `W/${tag}`)) return sheet;
    void reply.status(304);
    return undefined;
  }

  @Get('sheet.csv')
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'The same as CSV, UTF-8 with BOM; filled in, it can be uploaded' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Refuses('http.invalid', 'http.not-found')
  async csv(@Param() { id }: ReadingParam, @Query() { period }: SheetQuery): Promise<StreamableFile> {
    const sheet = await this.sheets.of(id, period);
    const disposition = `attachment; filename="route-${id}-${period}.csv"`;
    return new StreamableFile(sheetCsv(sheet), { type: 'text/csv; charset=utf-8', disposition });
  }

  @Post('estimates/preview')
  @HttpCode(200)
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'What would be estimated, and what cannot be' })
  @ApiOkResponse({ type: EstimatesView })
  @Refuses('http.invalid', 'http.not-found', REFUSED['water.reading-period-closed'])
  async preview(@Param() { id }: ReadingParam, @Body() { period, readOn }: EstimateRoute): Promise<EstimatesView> {
    return estimatesView(await this.estimates.preview(id, period, readOn));
  }

  @Post('estimates')
  @HttpCode(200)
  @Allow('water.reading.estimate')
  @Idempotent()
  @ApiOperation({ summary: 'Estimate every active meter of the route that was not read, at most three times in a row' })
  @ApiOkResponse({ type: EstimatesView })
  @Refuses('http.invalid', 'http.not-found', REFUSED['water.reading-period-closed'])
  async make(
    @Param() { id }: ReadingParam,
    @Body() { period, readOn }: EstimateRoute,
    @Caller() by: Principal,
  ): Promise<EstimatesView> {
    return estimatesView(await this.estimates.make(id, period, readOn, by));
  }

  @Post('reading/close')
  @HttpCode(200)
  @Allow('water.reading.close')
  @ApiOperation({ summary: 'Take no more readings for a period, once no suspect waits' })
  @ApiOkResponse({ type: RouteClosingView })
  @Refuses('http.invalid', 'http.not-found', READINGS['water.route-closed'], READINGS['water.reading-still-open'])
  async close(
    @Param() { id }: ReadingParam,
    @Body() { period }: CloseRoute,
    @Caller() by: Principal,
  ): Promise<RouteClosingView> {
    return closingView(await this.closings.close(id, period, by));
  }

  @Post('reading/reopen')
  @HttpCode(200)
  @Allow('water.reading.close')
  @ApiOperation({ summary: 'Take readings for a closed period again' })
  @ApiOkResponse({ type: RouteClosingView })
  @Refuses('http.invalid', 'http.not-found')
  async reopen(
    @Param() { id }: ReadingParam,
    @Body() { period, reason }: ReopenRoute,
    @Caller() by: Principal,
  ): Promise<RouteClosingView> {
    return closingView(await this.closings.reopen(id, period, reason, by));
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { LinkageQuery, LinkageReport } from './linkage.dto';
import { LinkageService } from './linkage.service';

@ApiTags('one-records')
@Controller('citizens/reports')
export class LinkageController {
  constructor(private readonly linkage: LinkageService) {}

  @Get('linkage')
  @Allow('citizens.report.read')
  @ApiOperation({ summary: 'How far the linking is, who did it, and what waits' })
  @ApiOkResponse({ type: LinkageReport })
  @Refuses('http.invalid')
  report(@Query() { days }: LinkageQuery): Promise<LinkageReport> {
    return this.linkage.report(days);
  }
}

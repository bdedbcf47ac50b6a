import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, ChangesVersion, Flag, Id, IfMatch, Int, Refuses, Txt, type Principal } from '@libs/http';
import { Tills } from './tills';
import { TILL } from './till.problems';

class TillOfRoute {
  @Id() id: number;
}

class NewTill {
  @Txt({ max: 20, pattern: /^[A-Za-z0-9-]+$/, example: 'OSS-1' }) code: string;
  @Txt({ max: 8, pattern: /^[A-Za-z0-9]+$/, example: 'OSS', about: 'office part of its receipts’ serials' })
  office: string;
  @Txt({ max: 120, example: 'صندوق مركز خدمات الجمهور' }) name: string;
}

class TillChange {
  @Txt({ optional: true, min: 1, max: 120, example: 'صندوق المالية' }) name?: string;
  @Flag({ optional: true, example: false, about: 'false takes it out of use' }) active?: boolean;
}

export class TillView {
  @Id() id: number;
  @Int({ min: 1, example: 1 }) version: number;
  @Txt({ example: 'OSS-1' }) code: string;
  @Txt({ example: 'OSS' }) office: string;
  @Txt({ example: 'صندوق مركز خدمات الجمهور' }) name: string;
  @Flag({ example: true }) active: boolean;
}

type TillRow = TillView & { createdBy: number; createdAt: string };

export const tillView = ({ createdBy: _, createdAt: __, ...till }: TillRow): TillView => till;

@ApiTags('billing: tills')
@Controller('tills')
export class TillsController {
  constructor(private readonly tills: Tills) {}

  @Get()
  @Allow('billing.till.read')
  @ApiOperation({ summary: 'All tills, by code' })
  @ApiOkResponse({ type: [TillView] })
  async all(): Promise<TillView[]> {
    return (await this.tills.all()).map(tillView);
  }

  @Post()
  @Allow('billing.till.create')
  @ApiOperation({ summary: 'Put a till into use' })
  @ApiCreatedResponse({ type: TillView })
  @Refuses('http.invalid', TILL['billing.till-code-taken'])
  async create(@Body() body: NewTill, @Caller() caller: Principal): Promise<TillView> {
    return tillView(await this.tills.create(body, caller));
  }

  @Patch(':id')
  @Allow('billing.till.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'Rename a till, or take it out of use' })
  @ApiOkResponse({ type: TillView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.till-in-use'])
  async change(@Param() { id }: TillOfRoute, @IfMatch() version: number, @Body() body: TillChange): Promise<TillView> {
    return tillView(await this.tills.change(id, version, body));
  }
}

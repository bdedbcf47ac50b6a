import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, ChangesVersion, IfMatch, Refuses, type Principal } from '@libs/http';
import { HolidayView, MoratoriumParam, MoratoriumView, NewHoliday, NewMoratorium } from './moratoriums.dto';
import { Moratoriums } from './moratoriums';
import { ORDERS } from './orders.problems';

@ApiTags('water: disconnection')
@Controller('water')
export class MoratoriumsController {
  constructor(private readonly moratoriums: Moratoriums) {}

  @Get('holidays')
  @Allow('water.holiday.read')
  @ApiOperation({ summary: 'Public holidays by day; Fridays and Saturdays are off anyway' })
  @ApiOkResponse({ type: [HolidayView] })
  holidays(): Promise<HolidayView[]> {
    return this.moratoriums.holidays();
  }

  @Post('holidays')
  @Allow('water.holiday.change')
  @ApiOperation({ summary: 'A public holiday: no water is cut on it or on the day before' })
  @ApiCreatedResponse({ type: HolidayView })
  @Refuses('http.invalid', ORDERS['water.holiday-known'])
  addHoliday(@Body() body: NewHoliday): Promise<HolidayView> {
    return this.moratoriums.addHoliday(body);
  }

  @Get('moratoriums')
  @Allow('water.moratorium.read')
  @ApiOperation({ summary: 'When and where no water is cut for debt, newest first' })
  @ApiOkResponse({ type: [MoratoriumView] })
  all(): Promise<MoratoriumView[]> {
    return this.moratoriums.all();
  }

  @Post('moratoriums')
  @Allow('water.moratorium.change')
  @ApiOperation({ summary: 'Record a decision that no water is cut for debt' })
  @ApiCreatedResponse({ type: MoratoriumView })
  @Refuses('http.invalid')
  declare(@Body() body: NewMoratorium, @Caller() caller: Principal): Promise<MoratoriumView> {
    return this.moratoriums.declare(body, caller);
  }

  @Post('moratoriums/:id/end')
  @HttpCode(200)
  @Allow('water.moratorium.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'End a moratorium with today' })
  @ApiOkResponse({ type: MoratoriumView })
  @Refuses('http.invalid', 'http.not-found', ORDERS['water.moratorium-ended'])
  end(
    @Param() { id }: MoratoriumParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<MoratoriumView> {
    return this.moratoriums.end({ id, version }, caller);
  }
}

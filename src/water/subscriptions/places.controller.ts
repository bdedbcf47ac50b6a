import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ChangesVersion, IfMatch, Refuses } from '@libs/http';
import { Places } from './places';
import { ChangeRoute, NewRoute, NewZone, PlaceParam, RouteView, ZoneView } from './places.dto';
import { PLACES } from './places.problems';

@ApiTags('water: zones and routes')
@Controller('water')
export class PlacesController {
  constructor(private readonly places: Places) {}

  @Get('zones')
  @Allow('water.place.read')
  @ApiOperation({ summary: 'Zones by code' })
  @ApiOkResponse({ type: [ZoneView] })
  zones(): Promise<ZoneView[]> {
    return this.places.zones();
  }

  @Post('zones')
  @Allow('water.place.change')
  @ApiOperation({ summary: 'A new zone' })
  @ApiCreatedResponse({ type: ZoneView })
  @Refuses('http.invalid', PLACES['water.code-taken'])
  createZone(@Body() body: NewZone): Promise<ZoneView> {
    return this.places.createZone(body);
  }

  @Get('routes')
  @Allow('water.place.read')
  @ApiOperation({ summary: 'Routes by code' })
  @ApiOkResponse({ type: [RouteView] })
  routes(): Promise<RouteView[]> {
    return this.places.routes();
  }

  @Post('routes')
  @Allow('water.place.change')
  @ApiOperation({ summary: 'A new route' })
  @ApiCreatedResponse({ type: RouteView })
  @Refuses('http.invalid', PLACES['water.code-taken'])
  createRoute(@Body() body: NewRoute): Promise<RouteView> {
    return this.places.createRoute(body);
  }

  @Patch('routes/:id')
  @Allow('water.place.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change a route: name, zone, cycle, or take it out of use' })
  @ApiOkResponse({ type: RouteView })
  @Refuses('http.invalid', 'http.not-found')
  changeRoute(@Param() { id }: PlaceParam, @IfMatch() version: number, @Body() body: ChangeRoute): Promise<RouteView> {
    return this.places.changeRoute({ id, version }, body);
  }
}

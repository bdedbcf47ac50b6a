import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { CitizenPreferences } from './citizen-preferences';
import { ChangePreferences, PreferencesView, preferencesView, RecordOfPreferences } from './preferences.dto';

@ApiTags('notifications: preferences')
@Controller('one-records/:id/preferences')
export class PreferencesController {
  constructor(private readonly preferences: CitizenPreferences) {}

  @Get()
  @Allow('notifications.preference.read')
  @ApiOperation({ summary: 'What the person of a record wants to be told, by which way and in which language' })
  @ApiOkResponse({ type: PreferencesView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: RecordOfPreferences): Promise<PreferencesView> {
    return preferencesView(await this.preferences.of(id));
  }

  @Put()
  @Allow('notifications.preference.change')
  @ApiOperation({ summary: 'As the person says at the counter; what is left out stays' })
  @ApiOkResponse({ type: PreferencesView })
  @Refuses('http.invalid', 'http.not-found')
  async change(@Param() { id }: RecordOfPreferences, @Body() body: ChangePreferences): Promise<PreferencesView> {
    return preferencesView(await this.preferences.change(id, body, 'STAFF'));
  }
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Idempotent, Public, Refuses } from '@libs/http';
import { ActivatedView, ActivationRecordId, ActivationSentView, VerifyActivationBody } from './activation.dto';
import { CODES } from './activation.problems';
import { Activation } from './activation.service';

@ApiTags('activation')
@Controller()
export class ActivationController {
  constructor(private readonly activation: Activation) {}

  @Post('one-records/:id/activation')
  @Allow('citizens.activation.send')
  @Idempotent()
  @ApiOperation({ summary: 'Send an activation code to the phone of an approved OneRecord; a new code ends the old' })
  @ApiCreatedResponse({ type: ActivationSentView })
  @Refuses(
    'http.not-found',
    CODES['citizens.activation-not-ready'],
    CODES['citizens.activation-too-soon'],
    CODES['citizens.activation-daily-limit'],
  )
  send(@Param() { id }: ActivationRecordId): Promise<ActivationSentView> {
    return this.activation.send(id);
  }

  @Post('activation/verify')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Answer the code: the OneRecord is activated and the citizen logged in; every refusal is the same',
  })
  @ApiOkResponse({ type: ActivatedView })
  @Refuses('http.invalid', 'http.too-many-requests', CODES['citizens.activation-refused'])
  verify(@Body() body: VerifyActivationBody): Promise<ActivatedView> {
    return this.activation.verify(body);
  }
}

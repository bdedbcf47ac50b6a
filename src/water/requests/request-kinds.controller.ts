import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow } from '@libs/http';
import { REQUEST_KINDS } from './request.entity';
import { requestKindView, RequestKindView } from './requests.dto';

@ApiTags('water: requests')
@Controller('water/request-kinds')
export class RequestKindsController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @Allow('water.request.read')
  @ApiOperation({ summary: 'What citizens may request: steps, documents, what has to be told, and the fee' })
  @ApiOkResponse({ type: [RequestKindView] })
  all(): RequestKindView[] {
    return REQUEST_KINDS.map((kind) => requestKindView(kind, this.config.waterFees));
  }
}

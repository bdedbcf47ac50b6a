import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Refuses, type Principal } from '@libs/http';
import { Photos } from './photos';
import { PhotoContentView, PhotoInput, PhotoParam, photoView, PhotoView } from './photos.dto';
import { PHOTOS } from './photos.problems';

const REFUSALS = ['http.invalid', 'http.not-found', 'http.too-large', ...Object.values(PHOTOS)];

@ApiTags('water: photos')
@Controller('water')
export class PhotosController {
  constructor(private readonly photos: Photos) {}

  @Post('readings/:id/photos')
  @Allow('water.reading.capture')
  @ApiOperation({ summary: 'Attach a photo of the register to a reading, 5 at most; sent twice it is one' })
  @ApiCreatedResponse({ type: PhotoView })
  @Refuses(...REFUSALS)
  async ofReading(
    @Param() { id: readingId }: PhotoParam,
    @Body() { base64 }: PhotoInput,
    @Caller() by: Principal,
  ): Promise<PhotoView> {
    return photoView(await this.photos.attach({ readingId }, base64, by));
  }

  @Get('readings/:id/photos')
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'Photos of a reading, without their content' })
  @ApiOkResponse({ type: [PhotoView] })
  @Refuses('http.invalid')
  async listOfReading(@Param() { id: readingId }: PhotoParam): Promise<PhotoView[]> {
    return (await this.photos.list({ readingId })).map(photoView);
  }

  @Post('orders/:id/photos')
  @Allow('water.order.execute')
  @ApiOperation({ summary: 'Attach a photo to an order to cut or to restore water, 5 at most; sent twice it is one' })
  @ApiCreatedResponse({ type: PhotoView })
  @Refuses(...REFUSALS)
  async ofOrder(
    @Param() { id: orderId }: PhotoParam,
    @Body() { base64 }: PhotoInput,
    @Caller() by: Principal,
  ): Promise<PhotoView> {
    return photoView(await this.photos.attach({ orderId }, base64, by));
  }

  @Get('orders/:id/photos')
  @Allow('water.order.read')
  @ApiOperation({ summary: 'Photos of an order, without their content' })
  @ApiOkResponse({ type: [PhotoView] })
  @Refuses('http.invalid')
  async listOfOrder(@Param() { id: orderId }: PhotoParam): Promise<PhotoView[]> {
    return (await this.photos.list({ orderId })).map(photoView);
  }

  @Get('photos/:id')
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'A photo' })
  @ApiOkResponse({ type: PhotoContentView })
  @Refuses('http.invalid', 'http.not-found')
  get(@Param() { id }: PhotoParam): Promise<PhotoContentView> {
    return this.photos.get(id);
  }
}

import { applyDecorators, Header } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { OneOf, type Language } from '@libs/http';

export class PortalSheet {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: Language;
}

/** The route answers with a PDF that no cache keeps. */
export const GivesSheet = (): MethodDecorator =>
  applyDecorators(
    Header('Cache-Control', 'no-store'),
    ApiProduces('application/pdf'),
    ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } }),
  );

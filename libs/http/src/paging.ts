import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Int } from './fields';

/** `?page=1&pageSize=20`; extend it with the filters of a list. */
export class PageQuery {
  @Int({ min: 1, max: 100_000, optional: true, fallback: 1, example: 1 })
  page: number = 1;

  @Int({ min: 1, max: 100, optional: true, fallback: 20, example: 20 })
  pageSize: number = 20;
}

export interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

class PageShape {
  @ApiProperty({ type: 'integer', example: 1 }) page: number;
  @ApiProperty({ type: 'integer', example: 20 }) pageSize: number;
  @ApiProperty({ type: 'integer', example: 1 }) total: number;
}

export const pageOf = <T>(query: PageQuery, items: T[], total: number): Page<T> => ({
  items,
  page: query.page,
  pageSize: query.pageSize,
  total,
});

export const skipped = (query: PageQuery): number => (query.page - 1) * query.pageSize;

/** Documents a paged answer of `item`. */
export const ApiPage = (item: Type): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(PageShape, item),
    ApiOkResponse({
      schema: {
        allOf: [
          { $ref: getSchemaPath(PageShape) },
          {
            type: 'object',
            required: ['items'],
            properties: { items: { type: 'array', items: { $ref: getSchemaPath(item) } } },
          },
        ],
      },
    }),
  );

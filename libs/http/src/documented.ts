import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import { problemKind } from './problems';

class FieldErrorView {
  @ApiProperty({ example: '/nationalId', description: 'JSON pointer into the body, or /parameter' }) pointer: string;
  @ApiProperty({ example: 'maxLength' }) code: string;
}

class TitlesView {
  @ApiProperty({ example: 'بيانات غير صحيحة' }) ar: string;
  @ApiProperty({ example: 'Some fields are not right' }) en: string;
}

/** RFC 9457 `application/problem+json`. */
export class ProblemView {
  @ApiProperty({ example: '/problems/http.invalid' }) type: string;
  @ApiProperty({ example: 'بيانات غير صحيحة', description: 'Arabic, or English by Accept-Language' }) title: string;
  @ApiProperty({ type: TitlesView, required: false, description: 'in both, for who changes the language of a screen' })
  titles?: TitlesView;
  @ApiProperty({ type: 'integer', example: 422 }) status: number;
  @ApiProperty({ example: 'http.invalid', description: 'stable; write your program against it' }) code: string;
  @ApiProperty({ example: '/api/v1/citizens/one-records' }) instance: string;
  @ApiProperty({ example: 'req-1b' }) requestId: string;
  @ApiProperty({ type: FieldErrorView, isArray: true, required: false }) errors?: FieldErrorView[];
}

const documentedCodes = new WeakMap<object, Set<string>>();

/** Documents the problems a route answers with; several on one route add up. */
export function Refuses(...codes: string[]): MethodDecorator {
  return (target, property, descriptor) => {
    const handler = descriptor.value as object;
    const all = documentedCodes.get(handler) ?? new Set<string>();
    codes.forEach((code) => all.add(code));
    documentedCodes.set(handler, all);
    const byStatus = new Map<number, string[]>();
    for (const code of all) {
      const { status } = problemKind(code);
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
    }
    applyDecorators(ApiExtraModels(ProblemView), ...[...byStatus].map(([status, list]) => response(status, list)))(
      target,
      property,
      descriptor,
    );
  };
}

const response = (status: number, codes: string[]): MethodDecorator & ClassDecorator =>
  ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\` ${problemKind(code).en}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemView) },
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            {
              value: {
                type: `/problems/${code}`,
                title: problemKind(code).ar,
                status,
                code,
                instance: '/api/v1/…',
                requestId: 'req-1b',
              },
            },
          ]),
        ),
      },
    },
  });

import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Problem, type FieldError } from './problems';

/** Refuses unknown members and wrong values with 422 and a JSON pointer for each. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new Problem('http.invalid', { errors: errors.flatMap((error) => pointers(error, '')) }),
  });

function pointers(error: ValidationError, parent: string): FieldError[] {
  const pointer = `${parent}/${error.property.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  const own = Object.keys(error.constraints ?? {}).map((code) => ({
    pointer,
    code: code === 'whitelistValidation' ? 'unknown' : code,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => pointers(child, pointer))];
}

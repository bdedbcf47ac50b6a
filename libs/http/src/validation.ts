import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { Problem, type FieldError } from './problems';

/**
 * class-validator looks through the rules of every class of the process each time it validates an object, to find those it
 * inherits. Rules are declared when a class is, so that what was found once holds.
 */
function rememberRules(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const found = new Map<unknown, Map<string | undefined, ReturnType<typeof find>>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (always || strictGroups || groups?.length) return find(target, schema, always, strictGroups, groups);
    const ofTarget = found.get(target) ?? new Map<string | undefined, ReturnType<typeof find>>();
    const known = ofTarget.get(schema) ?? find(target, schema, always, strictGroups, groups);
    found.set(target, ofTarget.set(schema, known));
    return known;
  };
}
rememberRules();

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

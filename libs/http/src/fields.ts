/** One decorator a field: it validates, converts and documents. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

interface FieldOptions {
  optional?: boolean;
  /** Views only: the field is always there but may be null. */
  nullable?: boolean;
  example?: unknown;
  about?: string;
}

const NO_CONTROLS = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/; // eslint-disable-line no-control-regex

const rule = (name: string, validate: (value: unknown) => boolean) =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => name } });

/** No control characters but line ends and tabs, no half surrogate: what every database can store. */
const cleanText = () =>
  rule('cleanText', (value) => typeof value === 'string' && NO_CONTROLS.test(value) && isWellFormed(value));

const isWellFormed = (value: string): boolean => (value as unknown as { isWellFormed(): boolean }).isWellFormed();

function field(options: FieldOptions, schema: ApiPropertyOptions, ...rules: PropertyDecorator[]): PropertyDecorator {
  const { optional = false, nullable = false, example, about } = options;
  return applyDecorators(
    ApiProperty({
      ...schema,
      required: !optional,
      ...(nullable && { nullable: true }),
      ...(example !== undefined && { example }),
      ...(about && { description: about }),
    } as ApiPropertyOptions),
    // Left out is not null: only a nullable field takes null.
    ...(nullable ? [IsOptional()] : optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...rules,
  );
}

interface TextOptions extends FieldOptions {
  min?: number;
  max?: number;
  pattern?: RegExp;
}

/** Text; surrounding blanks are cut off before it is measured. `max` defaults to 200 characters. */
export function Txt(options: TextOptions = {}): PropertyDecorator {
  const { min = options.optional ? 0 : 1, max = 200, pattern } = options;
  return field(
    options,
    { type: String, minLength: min, maxLength: max, ...(pattern && { pattern: pattern.source }) },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    MinLength(min),
    MaxLength(max),
    cleanText(),
    ...(pattern ? [rule('pattern', (value) => typeof value === 'string' && pattern.test(value))] : []),
  );
}

/** A secret: taken as it is, never trimmed, never shown as an example. */
export const Secret = (
  options: { min?: number; max?: number; example?: string; optional?: boolean } = {},
): PropertyDecorator =>
  field(
    options,
    { type: String, minLength: options.min ?? 1, maxLength: options.max ?? 200, format: 'password' },
    IsString(),
    MinLength(options.min ?? 1),
    MaxLength(options.max ?? 200),
    cleanText(),
  );

const toNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value,
  );

/** Whole number; `min` and `max` are inclusive. */
export const Int = (
  options: FieldOptions & { min?: number; max?: number; fallback?: number } = {},
): PropertyDecorator => {
  const { min = 0, max = 2_147_483_647, fallback } = options;
  return field(
    options,
    { type: 'integer', minimum: min, maximum: max, ...(fallback !== undefined && { default: fallback }) },
    toNumber(),
    IsInt(),
    Min(min),
    Max(max),
  );
};

/** Id of a row. */
export const Id = (options: FieldOptions = {}): PropertyDecorator =>
  Int({ example: 1042, ...options, min: 1, max: Number.MAX_SAFE_INTEGER });

export const Flag = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: Boolean },
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );

export const OneOf = (values: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(options, { enum: [...values] }, IsString(), IsIn([...values]));

/** `YYYY-MM-DD`, a day that exists, 1900 to 2999: what both databases and every time zone can hold. */
export const DateField = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: '2026-11-24', ...options }, { type: String, format: 'date' }, rule('date', isDay));

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^(19|2\d)\d\d-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** ISO-8601 instant, UTC; views only. */
export const InstantField = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: '2026-11-24T08:30:00.000Z', ...options }, { type: String, format: 'date-time' }, IsString());

/** Amount in minor units of its currency, as text of an integer so that no client rounds it; views only. */
export const MoneyField = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: '125000', ...options }, { type: String, pattern: '^-?\\d+$' }, IsString());

/** 0..1, rounded to three places; views only. */
export const Fraction = (options: FieldOptions = {}): PropertyDecorator =>
  field({ example: 0.89, ...options }, { type: 'number', minimum: 0, maximum: 1 }, IsNumber());

/** Free-form JSON object; views only. */
export const JsonField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'object', additionalProperties: true } as ApiPropertyOptions);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Free-form JSON object of a request: the service that takes it reads every member itself. */
export const JsonInput = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'object', additionalProperties: true } as ApiPropertyOptions, rule('object', isObject));

interface ListOptions extends FieldOptions {
  min?: number;
  max?: number;
}

export const ListOf = (item: () => new () => object, options: ListOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: () => item(), isArray: true, minItems: options.min ?? 0, maxItems: options.max ?? 100 },
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max ?? 100),
    rule(
      'objects',
      (value) => Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null),
    ),
    ValidateNested({ each: true }),
    Type(item),
  );

export const IdList = (options: ListOptions = {}): PropertyDecorator =>
  field(
    options,
    {
      type: 'array',
      items: { type: 'integer', minimum: 1 },
      minItems: options.min ?? 1,
      maxItems: options.max ?? 100,
    } as ApiPropertyOptions,
    IsArray(),
    ArrayMinSize(options.min ?? 1),
    ArrayMaxSize(options.max ?? 100),
    rule('ids', (value) => Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each > 0)),
  );

export const TextList = (options: ListOptions & { length?: number } = {}): PropertyDecorator =>
  field(
    options,
    { type: String, isArray: true, minItems: options.min ?? 0, maxItems: options.max ?? 100 },
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max ?? 100),
    rule(
      'texts',
      (value) =>
        Array.isArray(value) &&
        value.every(
          (each) =>
            typeof each === 'string' &&
            each.length <= (options.length ?? 200) &&
            NO_CONTROLS.test(each) &&
            isWellFormed(each),
        ),
    ),
  );

/** One nested object. */
export const Part = (type: () => new () => object, options: FieldOptions = {}): PropertyDecorator =>
  field(
    options,
    { type: () => type(), ...(options.nullable && { nullable: true }) } as ApiPropertyOptions,
    rule('object', isObject),
    ValidateNested(),
    Type(type),
  );

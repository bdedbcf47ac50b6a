/** Requests made from an OpenAPI document: some as it asks for, most of them wrong in one way or another. */
import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Record<string, any>;

export interface Operation {
  method: string;
  path: string;
  permissions: string[] | undefined;
  forCitizens: boolean;
  parameters: { name: string; in: string; required?: boolean; schema?: Schema }[];
  body: Schema | undefined;
}

export interface MadeRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer;
}

export function operations(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, any>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      permissions: operation['x-permissions'],
      forCitizens: operation['x-citizen'] === true,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content?.['application/json']?.schema,
    })),
  );
}

/** Small seeded generator (mulberry32), so that a failing request can be made again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const HOSTILE: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  2 ** 63,
  -(2 ** 53),
  1e308,
  5e-324,
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  '١٢٣٤٥٦٧٨٢',
  '123456782',
  'محمد أحمد',
  '\u202eمقلوب\u202c',
  '\u0000',
  '\ud800',
  '\udc00\ud800',
  '\uffff',
  'a\r\nX-Injected: 1',
  "'; DROP TABLE staff_users; --",
  '%_[',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return 1")()}}',
  '../../etc/passwd',
  'ا'.repeat(10_000),
  '😀'.repeat(300),
  '\u0300'.repeat(1000),
  'ـ'.repeat(500),
  'ﷺ'.repeat(300),
  'محمد '.repeat(200),
  [],
  [[]],
  {},
  { __proto__: null, constructor: 'x' },
  { $ne: null },
  '2026-02-30',
  '9999-12-31',
  '0000-00-00',
  '__proto__',
  'toString',
  { length: 1e9 },
  { toJSON: 1, toString: 1 },
  Array(1000).fill(1),
];

const SEGMENTS = ['%zz', '%00', '%', '%c3%28', '%ed%a0%80', '%2e%2e%2f', '%2f', 'a'.repeat(3000), '01', '1e0', '+1'];

const METHODS = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE'];

/** Numbers as text: JSON.stringify writes none of them. */
const NUMBERS = ['9007199254740993', '18446744073709551616', '1e400', '-0', '1.0', '1E-400', '00', 'NaN', '0x10'];

/** Breaks a JSON text in a way that no value can. */
const BREAKS: ((json: string, pick: <T>(values: readonly T[]) => T) => string)[] = [
  (json, pick) => json.replace(/\d+/, pick(NUMBERS)),
  (json) => json.replace(/"(\w+)":/, '"$1":1,"$1":'),
  (json) => json.replace('{', '{"__proto__":{"x":1},'),
  (json) => json.replace('{', '{"constructor":{"prototype":{"x":1}},'),
  (json) => json.replace(/:/, `:${'['.repeat(5000)}`),
  (json) => json.replace(/"$|":/, '\\ud800$&'),
  (json) => json.slice(0, json.length >> 1),
  (json) => `${json}{}`,
  (json) => `\ufeff${json}`,
  (json) => '['.repeat(50_000) + json,
];

export class RequestMaker {
  constructor(
    private readonly document: OpenAPIObject,
    private readonly next: () => number,
    /** Values that exist, so that requests reach beyond the validation: ids, serials. */
    private readonly known: readonly unknown[],
  ) {}

  make(operation: Operation): MadeRequest {
    const method = this.chance(0.02) ? this.pick(METHODS) : operation.method;
    let path = operation.path;
    const query: string[] = [];
    const headers: Record<string, string> = {};
    for (const parameter of operation.parameters) {
      const value = this.maybeHostile(parameter.schema ?? { type: 'string' }, 0.4);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, this.segment(text));
      if (parameter.in === 'query' && this.chance(parameter.required ? 0.9 : 0.4)) {
        query.push(`${parameter.name}=${this.segment(text)}`);
      }
      if (parameter.in === 'header' && this.chance(0.8)) headers[parameter.name] = this.header(parameter.name, text);
    }
    if (this.chance(0.05)) query.push('unknown[]=1&page=1e3&__proto__[x]=1');
    const url = query.length > 0 ? `${path}?${query.join('&')}` : path;
    if (this.chance(0.2)) headers['accept-language'] = this.pick(['en', 'ar', 'en;q=0.9', '*', 'x'.repeat(200)]);
    if (this.chance(0.05))
      headers['x-forwarded-for'] = this.pick(['x'.repeat(500), '1.2.3.4, 5.6.7.8', '::ffff:1.2.3.4%lo']);
    if (['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method)) return { method, url, headers };
    return { method, url, headers: { ...headers, ...this.contentType() }, payload: this.payload(operation.body) };
  }

  private payload(schema: Schema | undefined): string | Buffer {
    if (this.chance(0.03)) return this.pick(['{', '[1,', '"', '\ufeff{}', '{"a":1,"a":2}', 'null', '1', '']);
    if (this.chance(0.03)) return Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00, 0xc3, 0x28]);
    const body = schema ? this.maybeHostile(schema, 0.05) : {};
    if (body && typeof body === 'object' && !Array.isArray(body) && this.chance(0.1)) {
      (body as Record<string, unknown>)[this.pick(['isAdmin', 'id', 'constructor', 'x'])] = this.pick(HOSTILE);
    }
    const json = JSON.stringify(body ?? null);
    return this.chance(0.08) ? this.pick(BREAKS)(json, (values) => this.pick(values)) : json;
  }

  private contentType(): Record<string, string> {
    if (this.chance(0.04))
      return {
        'content-type': this.pick([
          'text/plain',
          'application/xml',
          'multipart/form-data',
          'x',
          'application/json; charset=utf-16',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
        ]),
      };
    return { 'content-type': 'application/json' };
  }

  private maybeHostile(schema: Schema, probability: number): unknown {
    return this.chance(probability) ? this.pick(HOSTILE) : this.value(schema);
  }

  private value(schema: Schema): unknown {
    if (schema.$ref) return this.value(this.document.components!.schemas![schema.$ref.split('/').pop()!] as Schema);
    if (schema.allOf) return this.value(schema.allOf[0]);
    if (schema.enum) return this.pick(schema.enum as unknown[]);
    if (this.chance(0.25) && this.known.length > 0 && schema.type !== 'object' && schema.type !== 'array') {
      return this.pick(this.known);
    }
    switch (schema.type) {
      case 'object': {
        const entries = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
        return Object.fromEntries(
          entries
            .filter(([name]) => (schema.required?.includes(name) ? this.chance(0.95) : this.chance(0.6)))
            .map(([name, property]) => [name, this.maybeHostile(property, 0.15)]),
        );
      }
      case 'array':
        return Array.from({ length: this.whole(0, this.chance(0.05) ? 500 : 3) }, () =>
          this.maybeHostile(schema.items, 0.1),
        );
      case 'integer':
      case 'number':
        return this.whole(schema.minimum ?? 0, Math.min(schema.maximum ?? 50, 50));
      case 'boolean':
        return this.chance(0.5);
      default:
        return schema.example ?? this.pick(['محمد', 'نابلس', 'x', '2026-01-01', '123456782']);
    }
  }

  /** Header values hold no line ends: the HTTP layer itself refuses those. */
  private header(name: string, text: string): string {
    if (name.toLowerCase() === 'if-match' && this.chance(0.7)) return `"${this.whole(1, 4)}"`;
    return text.replace(/[^\x20-\x7e]/g, '').slice(0, 300) || 'x';
  }

  private segment(text: string): string {
    if (this.chance(0.03)) return this.pick(SEGMENTS);
    return encodeURIComponent((text as unknown as { toWellFormed(): string }).toWellFormed()) || '%20';
  }

  private whole(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  private chance(probability: number): boolean {
    return this.next() < probability;
  }

  private pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)]!;
  }
}

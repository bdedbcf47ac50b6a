/** Requests made from an OpenAPI document: some as it asks for, most of them wrong in one way or another. */
import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Record<string, any>;

export interface Operation {
  method: string;
  path: string;
  permissions: string[] | undefined;
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
  1e308,
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
  'a\r\nX-Injected: 1',
  "'; DROP TABLE staff_users; --",
  '%_[',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return 1")()}}',
  '../../etc/passwd',
  'ا'.repeat(10_000),
  '😀'.repeat(300),
  [],
  [[]],
  {},
  { __proto__: null, constructor: 'x' },
  { $ne: null },
  '2026-02-30',
  '9999-12-31',
];

export class RequestMaker {
  constructor(
    private readonly document: OpenAPIObject,
    private readonly next: () => number,
    /** Values that exist, so that requests reach beyond the validation: ids, serials. */
    private readonly known: readonly unknown[],
  ) {}

  make(operation: Operation): MadeRequest {
    const { method } = operation;
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
    if (method === 'GET' || method === 'DELETE') return { method, url, headers };
    return { method, url, headers: { ...headers, ...this.contentType() }, payload: this.payload(operation.body) };
  }

  private payload(schema: Schema | undefined): string | Buffer {
    if (this.chance(0.03)) return this.pick(['{', '[1,', '"', '\ufeff{}', '{"a":1,"a":2}', 'null', '1', '']);
    if (this.chance(0.03)) return Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00, 0xc3, 0x28]);
    const body = schema ? this.maybeHostile(schema, 0.05) : {};
    if (body && typeof body === 'object' && !Array.isArray(body) && this.chance(0.1)) {
      (body as Record<string, unknown>)[this.pick(['isAdmin', 'id', 'constructor', 'x'])] = this.pick(HOSTILE);
    }
    return JSON.stringify(body ?? null);
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
    if (this.chance(0.02)) return this.pick(['%zz', '%00', '%', '%c3%28', '%2e%2e%2f']);
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

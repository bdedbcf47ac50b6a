import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from '../../src/openapi';
import { startTestApp } from '../support/app';

const FILE = join(__dirname, '../../openapi.json');

describe('openapi.json', () => {
  let document: OpenAPIObject;
  beforeAll(async () => {
    const app = await startTestApp();
    document = openApiDocument(app.app);
    await app.close();
  });

  const all = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, any>).map(([method, operation]) => ({
        name: `${method} ${path}`,
        ...operation,
      })),
    );

  it('is what the application says', () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env.UPDATE_OPENAPI) writeFileSync(FILE, text);
    expect(text).toBe(readFileSync(FILE, 'utf8'));
  });

  it('sums up every route, gives it a tag, and documents its answer', () => {
    const poor = all().filter(
      ({ summary, tags, responses }) =>
        !summary || !tags?.length || !Object.keys(responses).some((status) => /^2|^3/.test(status)),
    );
    expect(poor.map(({ name }) => name)).toEqual([]);
  });

  it('documents what a guarded route refuses', () => {
    const silent = all().filter(
      (operation) => operation['x-permissions'] && !(operation.responses['401'] && operation.responses['403']),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('refers to schemas that are there', () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name!);
    expect(named.filter((name) => !document.components?.schemas?.[name])).toEqual([]);
  });

  it('has operation ids of their own', () => {
    const ids = all().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names no schema twice: of two classes of one name it would describe the last alone', () => {
    const src = join(__dirname, '../../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const classes = files.flatMap((name) => {
      const text = readFileSync(join(src, name), 'utf8');
      return [...text.matchAll(/^(?:export )?class (\w+)/gm)].map(([, found]) => found!);
    });
    const described = classes.filter((name) => document.components?.schemas?.[name]);
    expect(described.filter((name, at) => described.indexOf(name) !== at)).toEqual([]);
  });

  it('leaves no property without a type', () => {
    const untyped = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]: [string, any]) =>
      Object.entries(schema.properties ?? {})
        .filter(
          ([, property]: [string, any]) =>
            !property.type && !property.$ref && !property.allOf && !property.enum && !property.oneOf,
        )
        .map(([property]) => `${name}.${property}`),
    );
    expect(untyped).toEqual([]);
  });
});

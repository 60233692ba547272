import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '../../../preload/contract/operations.ts';
import { docsPage } from './docs-page.ts';
import { openApi } from './openapi.ts';

const schema = z.union([z.boolean(), z.record(z.string(), z.json())]);
const content = z.record(z.string(), z.strictObject({ schema }));
const operation = z.strictObject({
  operationId: z.string(),
  summary: z.string().min(1),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query']),
      required: z.boolean().optional(),
      schema,
      style: z.literal('form').optional(),
      explode: z.boolean().optional(),
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string(), z.strictObject({ description: z.string(), content })),
});
const document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'patch', 'delete']), operation),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/u), schema),
    securitySchemes: z.record(z.string(), z.json()),
  }),
});

describe('the OpenAPI description', () => {
  const made = openApi('1.2.3');
  const parsed = document.parse(made);

  it('describes every operation once, with its path parameters', () => {
    const described = Object.entries(parsed.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((entry) => ({ path, entry })),
    );
    const ids = described.map(({ entry }) => entry.operationId);
    expect(ids.toSorted()).toEqual([...Object.keys(operations), 'live'].toSorted());
    for (const { path, entry } of described) {
      const inPath = entry.parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map((parameter) => parameter.name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]),
      );
      expect(inPath.every((parameter) => parameter.required)).toBe(true);
      expect(entry.responses['default']).toBeDefined();
    }
  });

  it('points only at what is there', () => {
    const pointers = [...JSON.stringify(made).matchAll(/"\$ref":"([^"]+)"/gu)].map((match) => match[1] ?? '');
    expect(pointers.length).toBeGreaterThan(5);
    for (const pointer of pointers) {
      const name = pointer.replace('#/components/schemas/', '');
      expect(Object.keys(parsed.components.schemas), pointer).toContain(name);
    }
    expect(JSON.stringify(made)).not.toContain('$defs');
  });

  it('asks for what a caller must send, and leaves defaults out', () => {
    const create = parsed.paths['/runs']?.post?.requestBody?.content['application/json']?.schema;
    expect(create).toMatchObject({ required: ['projectId', 'query'] });
  });

  it('has a page for people without any script', () => {
    const html = docsPage('1.2.3');
    for (const name of Object.keys(operations)) expect(html).toContain(`<code>${name}</code>`);
    expect(html).not.toMatch(/<script|style=|\son\w+=/iu);
  });
});

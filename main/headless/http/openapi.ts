import { z } from 'zod';
import { failureSchema } from '../../../preload/contract/errors.ts';
import { liveMessageSchema } from '../../../preload/contract/live.ts';
import { restTable, type RestRoute } from './rest-table.ts';

type Json = z.infer<ReturnType<typeof z.json>>;
type JsonObject = Record<string, Json>;

/** The OpenAPI 3.1 description of the REST surface, made from the contract alone. */
export function openApi(version: string): JsonObject {
  const shared = new Map<string, { name: string; schema: Json }>();
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonObject =>
    hoist(toJson(schema, io), shared);
  const components: JsonObject = {
    Failure: {
      type: 'object',
      required: ['ok', 'error'],
      properties: { ok: { const: false }, error: schemaOf(failureSchema, 'output') },
    },
    LiveMessage: schemaOf(liveMessageSchema, 'output'),
  };
  const paths: Record<string, JsonObject> = {};
  for (const route of restTable()) {
    const at = (paths[route.path] ??= {});
    at[route.method.toLowerCase()] = describe(route, schemaOf);
  }
  paths['/api/live'] = {
    get: {
      operationId: 'live',
      summary: 'Live messages as server-sent events; resumes from `Last-Event-ID` or `after`.',
      tags: ['live'],
      parameters: [{ name: 'after', in: 'query', schema: { type: 'integer', minimum: 0 } }],
      responses: {
        200: {
          description: 'Each event carries one live message; its id is the sequence.',
          content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/LiveMessage' } } },
        },
        default: failureResponse,
      },
    },
  };
  for (const { name, schema } of shared.values()) components[name] = schema;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Homer',
      version,
      description:
        'The REST surface of Homer on this machine. Every operation is also at `POST /api/<operation>` with its whole input as the body.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: '`homer token` prints it.' } },
    },
  };
}

const failureResponse: JsonObject = {
  description: 'What went wrong, and what to do about it.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
};

function describe(
  route: RestRoute,
  schemaOf: (schema: z.ZodType, io: 'input' | 'output') => JsonObject,
): JsonObject {
  const input = schemaOf(route.operation.input, 'input');
  const properties = (input['properties'] ?? {}) as JsonObject;
  const required = (input['required'] ?? []) as string[];
  const parameter = (name: string, place: 'path' | 'query'): JsonObject => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: properties[name] ?? {},
    ...(isList(properties[name]) ? { style: 'form', explode: true } : {}),
  });
  const inBody = Object.keys(properties).filter((name) => !route.pathFields.includes(name));
  const hasBody = (route.method === 'POST' || route.method === 'PATCH') && inBody.length > 0;
  const output = { schema: schemaOf(route.operation.output, 'output') };
  return {
    operationId: route.name,
    summary: route.operation.summary,
    tags: [route.name.split('.')[0] ?? ''],
    ...(route.path === '/health' ? { security: [{ token: [] }, {}] } : {}),
    parameters: [
      ...route.pathFields.map((name) => parameter(name, 'path')),
      ...Object.keys(route.queryFields).map((name) => parameter(name, 'query')),
    ],
    ...(hasBody
      ? {
          requestBody: {
            required: required.some((name) => inBody.includes(name)),
            content: {
              'application/json': {
                schema: {
                  ...input,
                  properties: Object.fromEntries(inBody.map((name) => [name, properties[name] ?? {}])),
                  required: required.filter((name) => inBody.includes(name)),
                },
              },
            },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done.',
        content: {
          'application/json': output,
          ...(route.name === 'run.events' ? { 'text/event-stream': { schema: { type: 'string' } } } : {}),
        },
      },
      default: failureResponse,
    },
  };
}

function isList(schema: Json | undefined): boolean {
  return (
    typeof schema === 'object' && schema !== null && !Array.isArray(schema) && schema['type'] === 'array'
  );
}

function toJson(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(made)) as JsonObject;
}

/** Moves the local `$defs` of a schema to the shared components, once for equal ones: a local pointer would not hold in there. */
function hoist(schema: JsonObject, shared: Map<string, { name: string; schema: Json }>): JsonObject {
  const { $defs: defs, $schema: _dialect, ...rest } = schema;
  let text = JSON.stringify(rest);
  for (const [key, value] of Object.entries((defs ?? {}) as JsonObject)) {
    const local = JSON.stringify(`#/$defs/${key}`);
    const canonical = JSON.stringify(value).replaceAll(local, '"self"');
    let entry = shared.get(canonical);
    if (!entry) {
      const name = shared.size === 0 ? 'AnyJson' : `Shared${String(shared.size)}`;
      const target = JSON.stringify(`#/components/schemas/${name}`);
      entry = { name, schema: JSON.parse(JSON.stringify(value).replaceAll(local, target)) as Json };
      shared.set(canonical, entry);
    }
    text = text.replaceAll(local, JSON.stringify(`#/components/schemas/${entry.name}`));
  }
  return JSON.parse(text) as JsonObject;
}

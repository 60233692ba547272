import fc from 'fast-check';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations, type OperationName } from '../../../preload/contract/operations.ts';
import { startHttpHost, type HttpHost } from '../testing/http-host.ts';
import { sampleId } from '../testing/samples.ts';

/** Payloads of every shape: any JSON, and objects with the operation's own field names around near misses. */
function payloads(name: OperationName): fc.Arbitrary<unknown> {
  const { input } = operations[name];
  const fields = input instanceof z.ZodObject ? Object.keys(input.shape) : [];
  const nearMiss = fc.oneof(
    fc.constantFrom<unknown>(
      sampleId(1),
      sampleId(1007),
      '',
      ' ',
      'idea',
      'approve',
      'shell',
      '__proto__',
      null,
      true,
    ),
    fc.constantFrom<unknown>(
      0,
      1,
      -1,
      1.5,
      1e308,
      9_007_199_254_740_993,
      '1',
      'NaN',
      '2026-01-01T00:00:00.000Z',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.oneof(fc.constant(sampleId(2)), fc.integer()), { maxLength: 3 }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const shaped = fc.record(Object.fromEntries(fields.map((field) => [field, nearMiss])), {
    requiredKeys: [],
  });
  const likely = fc.record(
    Object.fromEntries(
      fields.map((field) => [
        field,
        field === 'id' ? fc.constant(sampleId(1)) : field === 'version' ? fc.constant(1) : nearMiss,
      ]),
    ),
  );
  return fc.oneof(shaped, likely, fc.jsonValue({ maxDepth: 3 }));
}

const each = 200;

describe('whatever is sent', () => {
  let host: HttpHost;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  beforeAll(async () => {
    host = await startHttpHost();
  });
  afterAll(async () => {
    agent.destroy();
    await host.close();
  });

  function call(name: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent,
          host: '127.0.0.1',
          port: host.port,
          method: 'POST',
          path: `/api/${name}`,
          headers: {
            ...host.bearer,
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, text });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  it.each(Object.keys(operations) as OperationName[])(
    'lets nothing reach %s that its schema forbids, and never breaks',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(payloads(name), async (payload) => {
          host.standIn.reached.length = 0;
          const body = JSON.stringify(payload);
          const { status, text } = await call(name, body);
          const sent = JSON.parse(body) as unknown;
          const allowed = operations[name].input.safeParse(sent ?? {});
          expect(host.standIn.reached.length).toBe(allowed.success ? 1 : 0);
          if (allowed.success) expect(host.standIn.reached[0]?.input).toEqual(allowed.data);
          else expect(status).toBe(400);
          expect(status).toBeLessThan(500);
          expect(JSON.parse(text)).toHaveProperty('ok', status === 200);
        }),
        { numRuns: each },
      );
    },
    30_000,
  );
});

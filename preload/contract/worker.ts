import { flagGroup, flagValueSchema } from '../../main/domain/flag/flag-spec.ts';
import { z } from 'zod';
import { signedIn } from '../../main/domain/account/signed-in.ts';
import type { inboxItemSchema } from '../../main/domain/inbox/inbox-item.ts';
import { idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export type InboxItem = z.infer<typeof inboxItemSchema>;

export const overviewSchema = z.object({
  seq: z.int(),
  needsYou: z.int(),
  running: z.int(),
  queued: z.int(),
  paused: z.int(),
  ideas: z.int(),
  projects: z.int(),
  proposals: z.int(),
  runs: z.int(),
  /** Everything is held: no run is claimed until it is resumed. */
  heldAll: z.boolean(),
  nextDueAt: timeSchema.nullable(),
  /** Stands where the owner must know: read-only data folder, slow disk, no git. */
  problems: z.array(
    z.object({
      tag: z.string(),
      message: z.string(),
      hint: z.string(),
      /** Since when nothing is done because of it; left out of what stops only a part. */
      since: timeSchema.optional(),
    }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;

export const executorInfoSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** Whether Homer can run work with it in this version. */
  usable: z.boolean(),
  found: z.boolean(),
  path: z.string().nullable(),
  version: z.string().nullable(),
  /** As far as that can be told without the network. */
  signedIn: schemaOf(signedIn),
  note: z.string(),
  /** A command that installs it; empty when none is known. */
  install: z.string(),
  /** How to sign in, a sentence; empty where there is nothing to sign in to. */
  signIn: z.string(),
  /** Versions that are known to work. */
  tested: z.object({ from: z.string(), below: z.string() }).nullable(),
  /** The owner's file that declares it. */
  file: z.string().nullable(),
});

export const workerOperations = {
  'health.get': query(
    'GET /health',
    'Whether the runtime is up.',
    z.object({}),
    z.object({
      status: z.enum(['ok', 'degraded']),
      version: z.string(),
      host: z.enum(['desktop', 'headless', 'cli']),
      startedAt: timeSchema,
      schema: z.int(),
    }),
  ),
  'overview.get': query('GET /overview', 'The counts every surface shows.', z.object({}), overviewSchema),
  'worker.status': query(
    'GET /worker/status',
    'What the loop is doing.',
    z.object({}),
    z.object({
      running: z.array(
        z.object({ runId: idSchema, number: z.int(), step: z.int(), pid: z.int().nullable() }),
      ),
      queued: z.int(),
      limit: z.int(),
      heldAll: z.boolean(),
      ticks: z.int(),
      lastTickMs: z.number(),
      nextWakeAt: timeSchema.nullable(),
    }),
  ),
  'worker.process': command(
    'POST /worker/process',
    'Ticks now.',
    z.object({}),
    z.object({ claimed: z.int(), fired: z.int() }),
  ),
  'worker.hold': command(
    'POST /worker/hold',
    'Pauses everything, or lets it go on: running runs are paused at their next safe point and nothing new is claimed.',
    z.object({ held: z.boolean() }),
    overviewSchema,
  ),
  'executor.list': query(
    'GET /executors',
    'Executors, found or not.',
    z.object({}),
    z.array(executorInfoSchema),
  ),
  'doctor.get': query(
    'GET /doctor',
    'Checks what Homer needs and says what to do about what is missing.',
    z.object({
      /** Also reads every page of the database, which takes its time; over REST `?full=true`. */
      full: z.union([z.boolean(), z.stringbool()]).default(false),
    }),
    z.object({
      ok: z.boolean(),
      checks: z.array(
        z.object({
          name: z.string(),
          status: z.enum(['ok', 'warning', 'error']),
          detail: z.string(),
          hint: z.string().nullable(),
        }),
      ),
    }),
  ),
  'flag.list': query(
    'GET /flags',
    'Settings of the runtime.',
    z.object({}),
    z.array(
      z.object({
        key: z.string(),
        value: z.string(),
        group: schemaOf(flagGroup),
        name: z.string(),
        description: z.string(),
        defaultValue: z.string(),
        /** What the value is: on or off, a whole number within a range, or a line of text. */
        kind: flagValueSchema,
      }),
    ),
  ),
  'flag.set': command(
    'POST /flags/{key}',
    'Changes a setting.',
    z.object({ key: z.string().max(100), value: z.string().max(2_000) }),
    z.object({ key: z.string(), value: z.string() }),
  ),
};

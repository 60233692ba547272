import { z } from 'zod';
import { timeSchema } from '../../main/domain/primitives.ts';
import { updateChannel, updateMode, updateState } from '../../main/domain/update/update.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export const updateViewSchema = z.object({
  /** The version that runs. */
  current: z.string(),
  /** Why this Homer cannot update itself, and how to update it; empty when it can. */
  notOffered: z.string(),
  /** Where updates are asked for; null where they are not. */
  address: z.string().nullable(),
  mode: schemaOf(updateMode),
  channel: schemaOf(updateChannel),
  state: schemaOf(updateState),
  /** The newer version, once one was found. */
  version: z.string().nullable(),
  /** What is new in it, as plain text. */
  notes: z.string(),
  /** Of the download under way, in bytes. */
  progress: z.object({ done: z.int(), all: z.int() }).nullable(),
  checkedAt: timeSchema.nullable(),
  failure: z.object({ message: z.string(), hint: z.string() }).nullable(),
});
export type UpdateView = z.infer<typeof updateViewSchema>;

/** Newer versions of the desktop app. Off until the owner says otherwise (`updates.mode`); off, no request is made. */
export const updateOperations = {
  'update.get': query(
    'GET /update',
    'What is known of newer versions of Homer. Asks nobody.',
    z.object({}),
    updateViewSchema,
  ),
  'update.check': command(
    'POST /update/check',
    'Looks for a newer version now. Refused while updates are off.',
    z.object({}),
    updateViewSchema,
  ),
  'update.download': command(
    'POST /update/download',
    'Downloads the version that was found.',
    z.object({}),
    updateViewSchema,
  ),
  'update.restart': command(
    'POST /update/restart',
    'Quits in order, asking about running work, installs what was downloaded and starts Homer again.',
    z.object({}),
    updateViewSchema,
  ),
};

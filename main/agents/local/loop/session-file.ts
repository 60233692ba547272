import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageModelV4Message } from '@ai-sdk/provider';
import { z } from 'zod';
import type { Conversation } from './conversation.ts';

/**
 * Conversations on the disk, one file each, readable to the owner alone: a later turn goes on with one. They lie beside Homer's data and
 * never in a worktree. One that nobody went on with for a month is removed.
 */
export interface SessionFiles {
  load(id: string): Conversation | undefined;
  save(id: string, conversation: Conversation): void;
  prune(now: number): void;
}

const KEPT_MS = 30 * 86_400_000;
const ID = /^[a-z0-9-]{1,64}$/u;

const messageSchema = z.custom<LanguageModelV4Message>(
  (value) =>
    z
      .object({
        role: z.enum(['user', 'assistant', 'tool']),
        content: z.array(z.looseObject({ type: z.string() })),
      })
      .safeParse(value).success,
);
const fileSchema = z.object({
  version: z.literal(1),
  task: z.string(),
  taskAt: z.int().min(0),
  summary: z.string(),
  messages: z.array(messageSchema).min(1),
});

export function createSessionFiles(folder: string): SessionFiles {
  const pathOf = (id: string): string => join(folder, `${id}.json`);
  return {
    load(id) {
      if (!ID.test(id) || !statSync(pathOf(id), { throwIfNoEntry: false })?.isFile()) return undefined;
      try {
        const parsed = fileSchema.safeParse(JSON.parse(readFileSync(pathOf(id), 'utf8')));
        return parsed.success ? parsed.data : undefined;
      } catch (error) {
        // Not what was written here: then there is nothing to go on with.
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    save(id, conversation) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const beside = `${pathOf(id)}.${String(process.pid)}.tmp`;
      writeFileSync(beside, JSON.stringify({ version: 1, ...conversation }), { mode: 0o600 });
      renameSync(beside, pathOf(id));
    },
    prune(now) {
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        const stat = statSync(path, { throwIfNoEntry: false });
        if (stat?.isFile() && now - stat.mtimeMs > KEPT_MS) rmSync(path, { force: true });
      }
    },
  };
}

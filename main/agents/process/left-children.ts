import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { there } from '../../shared/folder-size.ts';
import type { ChildIdentity } from '../runner.ts';
import { groupTag } from './child-environment.ts';

const childFileSchema = z.object({
  record: z.object({
    runId: z.string(),
    step: z.int(),
    attempt: z.int(),
    identity: z.object({
      pid: z.int(),
      group: z.int(),
      startTime: z.string(),
      bootId: z.string(),
    }),
  }),
});

/** The children whose spools have no ending: known without a database, by what was written before their gates opened. */
export async function listLeftChildren(
  spoolRoot: string,
): Promise<{ runId: string; tag: string; identity: ChildIdentity }[]> {
  const left: { runId: string; tag: string; identity: ChildIdentity }[] = [];
  for (const run of await there(() => readdir(spoolRoot), []))
    for (const turn of await there(() => readdir(join(spoolRoot, run)), [])) {
      const spool = join(spoolRoot, run, turn);
      if (!existsSync(join(spool, 'child.json')) || existsSync(join(spool, 'ending.json'))) continue;
      const parsed = childFileSchema.safeParse(parse(readFileSync(join(spool, 'child.json'), 'utf8')));
      if (!parsed.success) continue;
      const { record } = parsed.data;
      left.push({ runId: record.runId, tag: groupTag(record), identity: record.identity });
    }
  return left;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

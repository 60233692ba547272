import { useCallback, useState } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { sentence } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { DiffFile } from './diff-file.ts';
import type { Gap } from './diff-rows.ts';
import type { PatchLine } from './patch-lines.ts';

const lastLine = 1_000_000;

/** Unchanged lines that the reader asked for, read as they are asked for. */
export function useGaps(runId: string): {
  readonly gaps: ReadonlyMap<string, readonly PatchLine[]>;
  readonly openGap: (file: DiffFile, gap: Gap) => void;
} {
  const { call } = useClient();
  const toast = useToast();
  const [gaps, setGaps] = useState<ReadonlyMap<string, readonly PatchLine[]>>(new Map());
  const openGap = useCallback(
    ({ path }: DiffFile, { key, from, to, shift }: Gap) => {
      void call('run.lines', { id: runId, path, from, to: to ?? lastLine }).then((reply) => {
        if (!reply.ok) {
          toast({ text: sentence(reply.error) });
          return;
        }
        const lines = reply.value.lines.map((text, index): PatchLine => ({
          kind: 'context',
          text,
          old: from + index - shift,
          new: from + index,
        }));
        setGaps((held) => new Map(held).set(key, lines));
      });
    },
    [call, runId, toast],
  );
  return { gaps, openGap };
}

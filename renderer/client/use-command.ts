import { useCallback, useMemo, useState } from 'react';
import type { ContractFailure } from '../../preload/contract/errors.ts';
import type { InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import { useToast } from '../ui/toast.tsx';
import { useClient } from './client-context.tsx';
import { onlyOnce } from './only-once.ts';
import type { CommandOptions, Run } from './send-command.ts';

/** Sends a command: applied at once when it can be, taken back visibly with the reason when it was refused. */
export function useCommand(): Run {
  const client = useClient();
  const toast = useToast();
  return useCallback(
    async <N extends OperationName>(
      name: N,
      input: InputOf<N>,
      { apply, announce = true }: CommandOptions = {},
    ) => {
      const takeBack = apply?.();
      const answered = client.commanding(idOf(input));
      const reply = await client.call(name, input);
      if (reply.ok) keep(client, name, reply.value);
      else {
        takeBack?.();
        if (announce) toast({ text: sentence(reply.error) });
        if (reply.error.tag === 'stale_version') touch(client, name, input);
      }
      answered();
      return reply;
    },
    [client, toast],
  );
}

/** The failure as one line. */
export function sentence({ message, hint }: ContractFailure): string {
  return hint ? `${message} ${hint}` : message;
}

type ClientOf = ReturnType<typeof useClient>;

/** What a command answered is what is known from now on. */
function keep(client: ClientOf, name: OperationName, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('proposal' in value) {
    const detail = value as OutputOf<'proposal.get'>;
    client.queries.put('proposal.get', { id: detail.proposal.id }, detail);
    client.touch('proposal', detail.proposal.id);
  } else if ('run' in value) {
    const detail = value as OutputOf<'run.get'>;
    client.queries.put('run.get', { id: detail.run.id }, detail);
    client.touch('run', detail.run.id);
  } else if ('intent' in value) {
    const detail = value as OutputOf<'intent.get'>;
    client.queries.put('intent.get', { id: detail.intent.id }, detail);
    client.queries.changed(new Set(['intent']));
  } else client.queries.changed(new Set([name.split('.')[0] ?? '']));
}

function idOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'id' in input ? String(input.id) : '';
}

function touch(client: ClientOf, name: OperationName, input: unknown): void {
  if (typeof input !== 'object' || input === null || !('id' in input)) return;
  const kind = name.split('.')[0];
  if (kind === 'proposal' || kind === 'run') client.touch(kind, String(input.id));
}

/** A command for one form or button: whether it is under way, and what went wrong last. */
export function useForm(): {
  readonly busy: boolean;
  readonly failure: ContractFailure | undefined;
  readonly clear: () => void;
  readonly send: Run;
} {
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ContractFailure>();
  const clear = useCallback(() => {
    setFailure(undefined);
  }, []);
  const send = useMemo(
    () =>
      onlyOnce(async (name, input, options) => {
        setBusy(true);
        setFailure(undefined);
        const reply = await run(name, input, { announce: false, ...options });
        setBusy(false);
        if (!reply.ok) setFailure(reply.error);
        return reply;
      }),
    [run],
  );
  return { busy, failure, clear, send };
}

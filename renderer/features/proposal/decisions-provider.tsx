import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { moveTarget, type ProposalDecision } from '../../../preload/contract/moves.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useClient } from '../../client/client-context.tsx';
import { putCards } from '../../client/client.ts';
import { formatTime } from '../../client/clock.ts';
import { sentence, useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { DecisionsContext, type Decidable, type Decisions } from './decisions.ts';
import { ExecuteDialog } from './execute-dialog.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { strings } from './strings.ts';

/** How a decision can be taken back; each step leads from what is there now. */
interface Undoable {
  /** What was decided, once the runtime has said so: undo may be pressed before. */
  readonly ids: Promise<readonly string[]>;
  readonly how: 'restore' | 'wake';
}

const restorable: readonly ProposalDecision[] = ['skip', 'reject'];
const eightInTheMorning = 8;

export function DecisionsProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const command = useCommand();
  const toast = useToast();
  const router = useRouter();
  const [rejecting, setRejecting] = useState<readonly Decidable[]>([]);
  const [executing, setExecuting] = useState<string>();
  const [creating, setCreating] = useState<{ projectId: string | undefined; title: string }>();
  const history = useRef<Undoable[]>([]);
  const [undoable, setUndoable] = useState(0);

  const remember = useCallback((entry: Undoable) => {
    history.current.push(entry);
    setUndoable(history.current.length);
    void entry.ids.then((ids) => {
      // Nothing was decided: there is nothing to take back.
      if (ids.length > 0) return;
      history.current = history.current.filter((each) => each !== entry);
      setUndoable(history.current.length);
    });
  }, []);

  const takeBack = useCallback(
    async ({ ids, how }: Undoable) => {
      const failures: string[] = [];
      if ((await ids).length === 0) return;
      for (const id of await ids) {
        // The version moved on with the decision itself, so the present one is read.
        const now = await client.call('proposal.get', { id });
        if (!now.ok) {
          failures.push(sentence(now.error));
          continue;
        }
        const { version } = now.value.proposal;
        const reply =
          how === 'restore'
            ? await command('proposal.decide', { id, version, action: 'restore' }, { announce: false })
            : await command('proposal.snooze', { id, version, until: null }, { announce: false });
        if (!reply.ok) failures.push(sentence(reply.error));
      }
      const [first] = failures;
      toast({ text: first ?? (how === 'restore' ? strings.decided.restore : strings.awake) });
    },
    [client, command, toast],
  );

  const undo = useCallback(() => {
    const last = history.current.pop();
    setUndoable(history.current.length);
    if (last) void takeBack(last);
  }, [takeBack]);

  const send = useCallback(
    async (
      proposal: Decidable,
      action: ProposalDecision,
      given: object,
      quiet: boolean,
    ): Promise<boolean> => {
      const reply = await command(
        'proposal.decide',
        { id: proposal.id, version: proposal.version, action, ...given },
        {
          announce: !quiet,
          apply: () => {
            const card = client.cards.getState().byId.get(proposal.id);
            const stage = card && moveTarget(card.stage, action);
            if (!card || !stage) return () => undefined;
            const shown = { ...card, stage };
            putCards(client, [shown]);
            return () => {
              // Only if nothing newer has come in the meantime.
              if (client.cards.getState().byId.get(card.id) === shown) putCards(client, [card]);
            };
          },
        },
      );
      return reply.ok;
    },
    [client, command],
  );

  const settle = useCallback(
    async (proposals: readonly Decidable[], action: ProposalDecision, given: object = {}) => {
      const quiet = proposals.length > 1;
      const sending = (async () => {
        const decided: string[] = [];
        for (const proposal of proposals)
          if (await send(proposal, action, given, quiet)) decided.push(proposal.id);
        return decided;
      })();
      const undoes = restorable.includes(action);
      if (undoes) remember({ ids: sending, how: 'restore' });
      const done = await sending;
      if (done.length === 0) {
        if (quiet) toast({ text: strings.reject.some(0, proposals.length) });
        return;
      }
      const text = quiet
        ? `${strings.count(done.length, 'proposal', 'proposals')}: ${strings.decided[action].toLowerCase()}`
        : strings.decided[action];
      if (undoes) {
        toast({ text, action: { label: 'Undo', run: undo } });
      } else toast({ text });
    },
    [send, toast, remember, undo],
  );

  const snooze = useCallback(
    async (proposal: Decidable, until: string | null) => {
      const { id, version } = proposal;
      const reply = await command('proposal.snooze', { id, version, until });
      if (!reply.ok) return;
      if (until === null) toast({ text: strings.awake });
      else {
        remember({ ids: Promise.resolve([id]), how: 'wake' });
        toast({ text: strings.snoozed, action: { label: 'Undo', run: undo } });
      }
    },
    [command, toast, remember, undo],
  );

  const decisions = useMemo<Decisions>(
    () => ({
      decide(proposal, action, given) {
        if (action === 'execute') setExecuting(proposal.id);
        else if (action === 'reject' && given?.reason === undefined) setRejecting([proposal]);
        else void settle([proposal], action, given);
      },
      decideAll(proposals, action) {
        if (action === 'reject') setRejecting(proposals);
        else void settle(proposals, action);
      },
      snooze: (proposal) => void snooze(proposal, formatTime(tomorrowMorning(client.clock.now()))),
      wake: (proposal) => void snooze(proposal, null),
      create: (projectId, title = '') => {
        setCreating({ projectId, title });
      },
      undo,
      canUndo: undoable > 0,
    }),
    [settle, snooze, undo, undoable, client],
  );

  useActions([
    {
      id: 'proposal.undo',
      title: strings.undo.title,
      group: strings.group,
      scope: 'global',
      keys: '$mod+z',
      unavailable: undoable > 0 ? undefined : strings.undo.nothing,
      run: undo,
    },
    {
      id: 'proposal.create',
      title: strings.create.action,
      group: strings.group,
      scope: 'global',
      keys: 'c',
      run: () => {
        decisions.create();
      },
    },
  ]);

  return (
    <DecisionsContext value={decisions}>
      {children}
      <RejectDialog
        key={rejecting.map(({ id }) => id).join(' ')}
        proposals={rejecting}
        onClose={() => {
          setRejecting([]);
        }}
        onReject={(reason) => {
          void settle(rejecting, 'reject', { reason });
          setRejecting([]);
        }}
      />
      <ExecuteDialog
        key={executing ?? 'none'}
        proposalId={executing}
        onClose={() => {
          setExecuting(undefined);
        }}
        onStarted={(detail) => {
          setExecuting(undefined);
          const run = detail.runs.at(-1);
          toast({
            text: strings.decided.execute,
            ...(run
              ? {
                  action: {
                    label: 'Open',
                    run: () => {
                      router.go(to('run', { id: run.id }));
                    },
                  } as const,
                }
              : {}),
          });
        }}
      />
      <CreateDialog
        key={creating ? 'open' : 'closed'}
        open={creating !== undefined}
        projectId={creating?.projectId}
        typed={creating?.title ?? ''}
        onClose={() => {
          setCreating(undefined);
        }}
        onCreated={(detail) => {
          setCreating(undefined);
          toast({
            text: strings.create.made(strings.ref(detail.proposal.number)),
            action: {
              label: 'Open',
              run: () => {
                router.go(to('proposal', { id: detail.proposal.id }));
              },
            },
          });
        }}
      />
    </DecisionsContext>
  );
}

/** Eight in the morning of the next day, where the reader is. */
function tomorrowMorning(now: number): number {
  const day = 86_400_000;
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const sinceMidnight = ((value('hour') * 60 + value('minute')) * 60 + value('second')) * 1000 + (now % 1000);
  return now - sinceMidnight + day + eightInTheMorning * 3_600_000;
}

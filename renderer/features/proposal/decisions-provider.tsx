import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useClient } from '../../client/client-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { DecisionsContext, type Decidable, type Decisions, type Linked, type Picked } from './decisions.ts';
import { ExecuteDialog } from './execute-dialog.tsx';
import { PickDialogs } from './pick-dialogs.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { strings } from './strings.ts';
import { useUndoHistory } from './undo-history.ts';
import { useSetFields } from './use-set-fields.ts';
import { useSettle } from './use-settle.ts';
import { createWaitingDecisions, WaitingContext } from './waiting-decisions.ts';

const eightInTheMorning = 8;

export function DecisionsProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const command = useCommand();
  const toast = useToast();
  const router = useRouter();
  const [rejecting, setRejecting] = useState<readonly Decidable[]>([]);
  const [executing, setExecuting] = useState<string>();
  const [creating, setCreating] = useState<{ projectId: string | undefined; title: string }>();
  const [picking, setPicking] = useState<{ what: Picked; proposals: readonly Linked[] }>();
  const history = useUndoHistory();
  const [waiting] = useState(() => createWaitingDecisions(client));
  useEffect(() => waiting.start(), [waiting]);
  const settle = useSettle(history, waiting);
  const setFields = useSetFields(history);
  const { keep, undo, count, undone } = history;

  const snooze = useCallback(
    async (proposals: readonly Decidable[], until: string | null) => {
      const done: { id: string; version: number }[] = [];
      for (const { id, version } of proposals) {
        const reply = await command('proposal.snooze', { id, version, until });
        if (reply.ok) done.push({ id, version: reply.value.proposal.version });
      }
      if (done.length === 0) return;
      if (until === null) {
        toast({ text: strings.awake });
        return;
      }
      keep(async () => {
        for (const each of done) await command('proposal.snooze', { ...each, until: null });
        toast({ text: strings.awake });
      });
      const text =
        done.length === 1
          ? strings.snoozed
          : `${strings.count(done.length, 'proposal', 'proposals')}: ${strings.snoozed.toLowerCase()}`;
      toast({ text, action: { label: 'Undo', run: undo } });
    },
    [command, toast, keep, undo],
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
      snooze: (...proposals) => void snooze(proposals, formatTime(tomorrowMorning(client.clock.now()))),
      wake: (proposal) => void snooze([proposal], null),
      create: (projectId, title = '') => {
        setCreating({ projectId, title });
      },
      pick(what, proposals) {
        if (proposals.length > 0) setPicking({ what, proposals });
      },
      keepUndo: keep,
      undo,
      canUndo: count > 0,
      undone,
    }),
    [settle, snooze, keep, undo, count, undone, client],
  );

  useActions([
    {
      id: 'proposal.undo',
      title: strings.undo.title,
      group: strings.group,
      scope: 'global',
      keys: '$mod+z',
      unavailable: count > 0 ? undefined : strings.undo.nothing,
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
      <WaitingContext value={waiting}>{children}</WaitingContext>
      <PickDialogs
        asked={picking}
        onClose={() => {
          setPicking(undefined);
        }}
        onPick={(proposals, fields, shown, name) => {
          void setFields(proposals, fields, shown, (done) =>
            strings.pick.done(
              done.length === 1 && done[0]
                ? strings.ref(done[0].number)
                : strings.count(done.length, 'proposal', 'proposals'),
              done.length,
              name,
            ),
          );
        }}
      />
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

import type { OperationName } from '../../preload/contract/operations.ts';

/** Which events make the answer of a query old: an entity kind, or one entity of it. */
const kinds: Partial<Record<OperationName, readonly string[]>> = {
  'project.list': ['project', 'proposal', 'run'],
  'goal.list': ['goal'],
  'goal.tree': ['goal', 'proposal', 'intent'],
  'goal.work': ['goal', 'proposal', 'intent', 'run'],
  'goal.detail': ['goal', 'proposal', 'intent', 'run'],
  'source.list': ['source'],
  'boardView.list': ['board_view', 'boardView'],
  'runView.list': ['run_view', 'runView'],
  'proposal.counts': ['proposal', 'run', 'goal', 'project'],
  'account.list': ['account', 'run', 'flag'],
  'account.plan': ['account', 'run', 'intent', 'flag'],
  'cost.today': ['account', 'run', 'flag', 'project'],
  'inbox.list': ['proposal', 'run'],
  'inbox.snoozed': ['proposal', 'run'],
  'inbox.done': ['proposal', 'run'],
  'notification.list': ['notice', 'notification'],
  'notification.support': ['notice', 'flag', 'notification'],
  'run.list': ['run'],
  'intent.list': ['intent', 'run', 'project'],
  'agent.models': ['flag'],
  'schedule.range': ['intent', 'run', 'project', 'account', 'flag'],
  'insights.get': ['run', 'proposal', 'account', 'goal', 'flag'],
  'briefing.list': ['briefing', 'run', 'proposal', 'flag'],
  'briefing.get': ['briefing', 'run', 'proposal', 'intent', 'source', 'alert', 'flag'],
  'guide.get': ['project', 'source', 'proposal', 'run', 'flag', 'host'],
  'alert.list': ['alert'],
  'grant.list': ['grant', 'intent', 'run'],
  'overview.get': ['proposal', 'run', 'project', 'goal', 'flag'],
  'worker.status': ['run', 'flag'],
  'flag.list': ['flag'],
  'host.get': ['host', 'flag', 'run'],
  'update.get': ['flag', 'update'],
  'secret.list': ['secret'],
  'secret.status': ['secret'],
  'backup.list': ['backup'],
  // A full check of a file: it is asked for, and not read again by itself.
  'backup.preview': [],
};
const single: Partial<Record<OperationName, string>> = {
  'proposal.get': 'proposal',
  'run.get': 'run',
  'run.diff': 'run',
  'run.story': 'run',
  'run.previewApply': 'run',
  'run.previewRollBack': 'run',
  'intent.get': 'intent',
  'run.evidence': 'run',
  'project.get': 'project',
  'goal.get': 'goal',
  'notification.get': 'notice',
};

export function topicsOf(name: OperationName, input: unknown): readonly string[] {
  const kind = single[name];
  if (kind && typeof input === 'object' && input !== null && 'id' in input)
    return [`${kind}:${String(input.id)}`];
  return kinds[name] ?? [];
}

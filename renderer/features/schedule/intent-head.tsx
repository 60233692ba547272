import { Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { ActionButton } from '../../app/actions-context.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { isOver } from './intent-state.ts';
import type { IntentDetail } from './intent-types.ts';
import { NextTime } from './next-time.tsx';
import { strings } from './strings.ts';

/** Its name, whether it fires, when it does next, and what can be done with it. */
export function IntentHead({ detail }: { detail: IntentDetail }) {
  const { intent, schedule, projectName } = detail;
  const [next] = schedule.next;
  return (
    <header className="pb-16">
      <h2 className="text-page">{intent.name}</h2>
      <p className="mt-4 flex flex-wrap items-center gap-x-16 gap-y-4 text-ink-2">
        {isOver(intent) ? (
          <StatusLabel shape={intent.status === 'completed' ? 'check' : 'square'}>
            {labels.intentStatus[intent.status]}
          </StatusLabel>
        ) : intent.enabled ? (
          <StatusLabel shape="dashed">{strings.page.enabled}</StatusLabel>
        ) : (
          <StatusLabel shape="pause">{strings.page.paused}</StatusLabel>
        )}
        <span>{projectName}</span>
        <span>{schedule.words}</span>
        {next ? (
          <span className="text-ink">
            <NextTime at={next.at} title={strings.exact(next.local, schedule.zone)} />
          </span>
        ) : null}
      </p>
      <div className="mt-12 flex flex-wrap gap-8">
        <ActionButton id="intent.run" variant="primary" icon={Play} />
        <ActionButton id="intent.pause" icon={intent.enabled ? Pause : Play} />
        <ActionButton id="intent.edit" icon={Pencil} />
        <ActionButton id="intent.delete" variant="ghost" icon={Trash2} className="ms-auto" />
      </div>
    </header>
  );
}

import { useQuery } from '../../client/client-context.tsx';
import { Time } from '../../ui/time.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

export function AboutSection() {
  return (
    <ReadState query={useQuery('health.get', {})}>
      {(health) => (
        <dl className="grid grid-cols-[auto_1fr] gap-x-24 gap-y-6">
          <dt className="text-ink-3">{strings.version}</dt>
          <dd>{health.version}</dd>
          <dt className="text-ink-3">{strings.host}</dt>
          <dd>{strings.hosts[health.host]}</dd>
          <dt className="text-ink-3">{strings.started}</dt>
          <dd>
            <Time at={health.startedAt} />
          </dd>
          <dt className="text-ink-3">{strings.schema}</dt>
          <dd>{health.schema}</dd>
        </dl>
      )}
    </ReadState>
  );
}

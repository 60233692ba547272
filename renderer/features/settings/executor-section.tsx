import { useQuery } from '../../client/client-context.tsx';
import { Mono } from '../../ui/mono.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

export function ExecutorSection() {
  return (
    <ReadState query={useQuery('executor.list', {})}>
      {(list) => (
        <ul className="flex flex-col">
          {list.map((executor) => (
            <li
              key={executor.name}
              className="flex flex-wrap items-center gap-x-16 gap-y-2 border-b border-line py-8 last:border-b-0"
            >
              <span className="min-w-0 flex-1 font-medium">{executor.label}</span>
              <span className="text-meta text-ink-2">{executor.version}</span>
              <StatusLabel shape={executor.found && executor.usable ? 'check' : 'dashed'}>
                {!executor.usable ? strings.unusable : executor.found ? strings.found : strings.notFound}
              </StatusLabel>
              <span className="w-full text-meta text-ink-2">
                {executor.path ? <Mono>{executor.path}</Mono> : executor.note}
              </span>
            </li>
          ))}
        </ul>
      )}
    </ReadState>
  );
}

import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Mono } from '../../ui/mono.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';

export type Endpoint = OutputOf<'agent.models'>['endpoints'][number];

/** Where the models of an account are, and whether they answer; dashed while nobody knows. */
export function EndpointLine({
  address,
  endpoint,
}: {
  readonly address: string | null;
  readonly endpoint: Endpoint | undefined;
}) {
  const shown = address ?? endpoint?.address;
  return (
    <div className="flex min-w-0 flex-col gap-2 text-meta">
      {shown === undefined ? null : (
        <span className="truncate text-ink-2" title={shown}>
          <Mono>{shown}</Mono>
        </span>
      )}
      <span className="flex items-start gap-6 text-ink-2">
        <StatusGlyph
          shape={endpoint === undefined ? 'dashed' : endpoint.state === 'ready' ? 'check' : 'octagon'}
        />
        <span className={endpoint && endpoint.state !== 'ready' ? 'text-danger-text' : undefined}>
          {endpoint === undefined
            ? strings.endpointUnknown
            : endpoint.problem || strings.endpointReady(endpoint.program, endpoint.models)}
        </span>
      </span>
    </div>
  );
}

import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph, StatusLabel, type GlyphShape } from '../../ui/status-glyph.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

const shapes: Record<'ok' | 'warning' | 'error', GlyphShape> = {
  ok: 'check',
  warning: 'diamond',
  error: 'octagon',
};

export function DoctorSection() {
  const doctor = useQuery('doctor.get', {});
  return (
    <ReadState query={doctor}>
      {({ ok, checks }) => (
        <>
          <div className="flex items-center gap-12">
            <StatusLabel shape={ok ? 'check' : 'diamond'}>
              {ok ? strings.doctorOk : strings.doctorBad}
            </StatusLabel>
            <Button size="small" className="ms-auto" busy={doctor.pending} onClick={doctor.reread}>
              {strings.again}
            </Button>
          </div>
          <ul className="flex flex-col">
            {checks.map((check) => (
              <li key={check.name} className="flex gap-12 border-b border-line py-8 last:border-b-0">
                <span className="mt-2">
                  <StatusGlyph shape={shapes[check.status]} label={strings.status[check.status]} />
                </span>
                <div className="min-w-0 flex-1">
                  <p className="font-medium">{check.name}</p>
                  <p className="text-meta text-ink-2 wrap-anywhere">{check.detail}</p>
                  {check.hint ? <p className="text-meta text-ink">{check.hint}</p> : null}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </ReadState>
  );
}

import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

type Executor = OutputOf<'executor.list'>[number];

const words = strings.executors;

/** Programs that Homer can work with: first those that are there, then how to get the others. */
export function ExecutorSection() {
  const executors = useQuery('executor.list', {});
  return (
    <ReadState query={executors}>
      {(list) => {
        const there = list.filter(({ found }) => found);
        const missing = list.filter(({ found }) => !found);
        const agents = there.filter(({ name, usable }) => usable && name !== 'shell');
        return (
          <>
            <div className="flex items-center gap-12">
              <StatusLabel shape={agents.length > 0 ? 'check' : 'dashed'}>
                {words.count(agents.length)}
              </StatusLabel>
              <Button size="small" className="ms-auto" busy={executors.pending} onClick={executors.reread}>
                {strings.again}
              </Button>
            </div>
            {agents.length === 0 ? <p className="text-meta text-ink-2">{words.none}</p> : null}
            <ul className="flex flex-col">
              {there.map((executor) => (
                <FoundRow key={executor.name} executor={executor} />
              ))}
            </ul>
            {missing.length > 0 ? (
              <>
                <h3 className="mt-16 text-meta font-medium text-ink-2">{words.missing}</h3>
                <ul className="flex flex-col">
                  {missing.map((executor) => (
                    <MissingRow key={executor.name} executor={executor} />
                  ))}
                </ul>
              </>
            ) : null}
          </>
        );
      }}
    </ReadState>
  );
}

function FoundRow({ executor }: { executor: Executor }) {
  const { label, version, path, usable, signedIn, signIn, tested, note, file } = executor;
  // One that has nothing to sign in to, or does not say how it is told, is only there.
  const asks = signIn !== '' || signedIn !== 'unknown';
  return (
    <li className="flex flex-col gap-2 border-b border-line py-8 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-16 gap-y-2">
        <span className="min-w-0 flex-1 font-medium">{label}</span>
        {version ? <span className="text-meta text-ink-2">{version}</span> : null}
        <StatusLabel shape={!usable ? 'dashed' : signedIn === 'no' ? 'diamond' : 'check'}>
          {!usable ? strings.unusable : asks ? words.signedIn[signedIn] : strings.found}
        </StatusLabel>
      </div>
      {path ? (
        <p className="text-meta text-ink-2 wrap-anywhere">
          <Mono>{path}</Mono>
        </p>
      ) : null}
      {note ? <p className="text-meta text-ink-2">{note}</p> : null}
      {signedIn === 'no' && signIn ? <p className="text-meta text-ink">{signIn}</p> : null}
      {tested ? <p className="text-meta text-ink-2">{words.tested(tested.from, tested.below)}</p> : null}
      {file ? <DeclaredIn file={file} /> : null}
    </li>
  );
}

function MissingRow({ executor: { label, install, note, file } }: { executor: Executor }) {
  return (
    <li className="flex flex-col gap-2 border-b border-line py-8 last:border-b-0">
      <span className="font-medium">{label}</span>
      {install ? (
        <p className="text-meta text-ink-2 wrap-anywhere">
          {words.install} <Mono>{install}</Mono>
        </p>
      ) : (
        <p className="text-meta text-ink-2">{note}</p>
      )}
      {file ? <DeclaredIn file={file} /> : null}
    </li>
  );
}

function DeclaredIn({ file }: { file: string }) {
  return (
    <p className="text-meta text-ink-2 wrap-anywhere">
      {words.declared} <Mono>{file}</Mono>
    </p>
  );
}

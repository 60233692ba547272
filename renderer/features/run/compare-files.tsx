import { useQuery } from '../../client/client-context.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Changes } from './changes.tsx';
import { CompareRow } from './compare-row.tsx';
import { strings } from './compare-strings.ts';
import { mergeFiles, type ComparedFile } from './merge-files.ts';
import type { DiffFile, RunDetail } from './run-types.ts';

/** Which files each attempt changed, and by how much; the lines themselves are in the review of each. */
export function CompareFiles({ left, right }: { left: RunDetail; right: RunDetail }) {
  const a = useFiles(left);
  const b = useFiles(right);
  if (a === 'failed' || b === 'failed') return <Note>{strings.diffFailed}</Note>;
  if (a === undefined || b === undefined) return <Note>{strings.reading}</Note>;
  const files = mergeFiles(a, b);
  if (files.length === 0) return <Note>{strings.noFiles}</Note>;
  return (
    <tbody>
      {files.map((file) => (
        <CompareRow
          key={file.path}
          name={<Mono>{file.path}</Mono>}
          left={<Stat file={file.left} />}
          right={<Stat file={file.right} />}
          differs={differs(file)}
        />
      ))}
    </tbody>
  );
}

function useFiles({ run }: RunDetail): readonly DiffFile[] | 'failed' | undefined {
  const enabled = run.filesChanged > 0;
  const { data, failure } = useQuery('run.diff', { id: run.id }, { enabled });
  if (!enabled) return [];
  return data?.files ?? (failure ? 'failed' : undefined);
}

/** Two diffs of a file are alike when their lines are. */
function differs({ left, right }: ComparedFile<DiffFile>): boolean {
  return left?.patch !== right?.patch || left?.change !== right?.change;
}

function Stat({ file }: { file: DiffFile | undefined }) {
  if (!file) return <span className="text-ink-3">{strings.untouched}</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-8">
      <span>{strings.change[file.change]}</span>
      <Changes additions={file.additions} deletions={file.deletions} />
    </span>
  );
}

function Note({ children }: { children: string }) {
  return (
    <tbody>
      <tr>
        <td colSpan={3} className="border-t border-line py-6 text-ink-2">
          {children}
        </td>
      </tr>
    </tbody>
  );
}

import { Link, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Select } from '../../ui/select.tsx';
import { CompareFacts } from './compare-facts.tsx';
import { CompareFiles } from './compare-files.tsx';
import { CompareHead } from './compare-row.tsx';
import { CompareSteps } from './compare-steps.tsx';
import { strings } from './compare-strings.ts';
import type { RunDetail } from './run-types.ts';
import { strings as runStrings } from './strings.ts';

/** This attempt beside another one at the same work: what came of each, step by step and file by file. */
export function CompareAttempts({ detail }: { detail: RunDetail }) {
  const { run } = detail;
  const others = detail.attempts.filter(({ id }) => id !== run.id);
  const [asked, setAsked] = useSearchValue('with');
  // Unless one was chosen: the attempt before this one, else the first after it.
  const other =
    others.find(({ id }) => id === asked) ??
    others.findLast(({ attempt }) => attempt < run.attempt) ??
    others[0];
  const query = useQuery('run.get', { id: other?.id ?? '' }, { enabled: other !== undefined });
  if (!other) return null;
  const columns = [
    strings.attempt(run.attempt, run.number),
    strings.attempt(other.attempt, other.number),
  ] as const;
  return (
    <div data-scroll="attempts" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[960px] flex-col px-12 pt-12 pb-48">
        <ReadState query={query} failed={strings.failed} rows={8}>
          {(right) => (
            <table className="w-full table-fixed text-body">
              <colgroup>
                <col className="w-[22%]" />
                <col className="w-[39%]" />
                <col className="w-[39%]" />
              </colgroup>
              <thead>
                <tr>
                  <td />
                  <th scope="col" className="pe-16 pb-4 text-start align-bottom font-medium">
                    {strings.this}
                    <span className="flex h-24 items-center text-meta font-regular text-ink-2 tabular-nums">
                      {columns[0]}
                    </span>
                  </th>
                  <th scope="col" className="pe-16 pb-4 text-start align-bottom font-medium">
                    {others.length > 1 ? (
                      <Select
                        label={strings.with}
                        value={other.id}
                        onValueChange={setAsked}
                        options={others.map(({ id, attempt, number, status }) => ({
                          value: id,
                          label: strings.attempt(attempt, number),
                          detail: runStrings.status[status],
                        }))}
                      />
                    ) : null}
                    <Link
                      location={to('run', { id: other.id }, { tab: 'attempts', with: run.id })}
                      className="flex h-24 items-center rounded-chip text-meta font-regular text-accent-text tabular-nums hover:underline"
                    >
                      {columns[1]}
                    </Link>
                  </th>
                </tr>
              </thead>
              <CompareFacts left={detail} right={right} />
              <CompareHead title={strings.stepList} columns={columns} />
              <CompareSteps left={detail} right={right} />
              <CompareHead title={strings.files} columns={columns} />
              <CompareFiles left={detail} right={right} />
            </table>
          )}
        </ReadState>
      </div>
    </div>
  );
}

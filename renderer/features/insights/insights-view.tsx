import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { Link, useEntryState, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { TitleBarActions, useShellState } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { ChartCard, inputOf } from './chart-card.tsx';
import { createCursor, CursorContext } from './cursor-store.ts';
import type { Measure } from './insight-types.ts';
import { strings } from './strings.ts';
import { useCsv } from './use-csv.ts';

const measures = Object.keys(labels.insightMeasure) as Measure[];
const spans = ['7', '30', '90'] as const;
const all = 'all';

/** What the last days came to: small charts side by side that share one cursor. */
export function InsightsView(_: ViewProps<'insights'>) {
  const [chosen, setDays] = useSearchValue('days', '30');
  const span = spans.find((each) => each === chosen) ?? '30';
  const days = Number(span);
  const { projects, project: ofShell } = useShellState();
  const [search, setProject] = useSearchValue('project');
  // The view's own choice, else that of the whole window.
  const project = search === all ? '' : search === '' ? (ofShell ?? '') : search;
  const [tables, setTables] = useEntryState<ReadonlySet<Measure>>('tables', new Set());
  const [cursor] = useState(createCursor);
  const csv = useCsv(days, project);
  // Read by its chart already: asked with the same words, it is not read twice.
  const { data: ended } = useQuery('insights.get', inputOf('throughput', days, project), { every: 10_000 });
  const nothing = ended?.charts[0]?.basis.count === 0;
  const toggle = (measure: Measure): void => {
    const next = new Set(tables);
    if (!next.delete(measure)) next.add(measure);
    setTables(next);
  };
  const base = { group: strings.group, scope: 'view' } as const;
  useActions([
    {
      ...base,
      id: 'insights.table',
      title: strings.toggleAll,
      keys: 't',
      run: () => {
        const here = document.activeElement?.closest<HTMLElement>('[data-measure]')?.dataset['measure'];
        const measure = measures.find((each) => each === here);
        if (measure) toggle(measure);
        else setTables(tables.size > 0 ? new Set() : new Set(measures));
      },
    },
    ...spans.map((each, index) => ({
      ...base,
      id: `insights.days.${each}`,
      title: strings.last(Number(each)),
      keys: String(index + 1),
      run: () => {
        setDays(each);
      },
    })),
    {
      ...base,
      id: 'insights.csv',
      title: csv.saves ? strings.download : strings.copy,
      keys: 'e',
      run: csv.take,
    },
  ]);
  const options = useMemo(
    () => [
      { value: all, label: strings.allProjects },
      ...projects.map(({ id, name }) => ({ value: id, label: name })),
    ],
    [projects],
  );
  return (
    <div data-scroll="insights" className="min-h-0 flex-1 overflow-y-auto">
      <TitleBarActions>
        <Button icon={Download} keys="e" onClick={csv.take}>
          {csv.saves ? strings.download : strings.copy}
        </Button>
      </TitleBarActions>
      <div className="flex flex-wrap items-center gap-12 px-12 pt-12">
        <Segmented
          label={strings.days}
          value={span}
          onValueChange={setDays}
          segments={spans.map((value) => ({ value, label: strings.span[Number(value)] ?? value }))}
        />
        <div className="w-[200px]">
          <Select
            label={strings.project}
            value={project === '' ? all : project}
            onValueChange={(value) => {
              setProject(value === (ofShell ?? all) ? '' : value);
            }}
            options={options}
          />
        </div>
      </div>
      {nothing ? (
        <p className="px-12 pt-12 text-body text-ink-2">
          {strings.emptyDetail}{' '}
          <Link location={to('board', {})} className="text-accent-text underline">
            {strings.toBoard}
          </Link>
        </p>
      ) : null}
      <CursorContext value={cursor}>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,340px),1fr))] gap-12 p-12">
          {measures.map((measure) => (
            <ChartCard
              key={measure}
              measure={measure}
              days={days}
              project={project}
              asTable={tables.has(measure)}
              onToggle={() => {
                toggle(measure);
              }}
            />
          ))}
        </div>
      </CursorContext>
    </div>
  );
}

import { FolderGit2, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { TitleBarActions, useRowHeight } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Mono } from '../../ui/mono.tsx';
import { ReadList } from '../../ui/read-state.tsx';
import { Split } from '../../ui/split.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AddProjectDialog } from './add-project-dialog.tsx';
import { ProjectPane } from './project-pane.tsx';
import { strings } from './strings.ts';

export function ProjectsView(_: ViewProps<'projects'>) {
  const rowHeight = useRowHeight();
  const query = useQuery('project.list', {});
  const { data } = query;
  const [chosen, setChosen] = useSearchValue('id');
  const memory = useScrollMemory('projects');
  const [adding, setAdding] = useState(false);
  const demo = useForm();
  const narrow = useMedia('(max-width: 759px)');
  const add = (): void => {
    setAdding(true);
  };
  useActions([
    { id: 'project.add', title: strings.add, group: strings.group, scope: 'view', keys: 'n', run: add },
  ]);
  const selected = data?.find(({ id }) => id === chosen) ?? data?.[0];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarActions>
        {data && data.length > 0 ? (
          <Button variant="primary" icon={Plus} keys="n" onClick={add}>
            {strings.add}
          </Button>
        ) : null}
      </TitleBarActions>
      <ReadList
        query={query}
        failed={strings.failed}
        rows={6}
        empty={
          <EmptyState
            icon={FolderGit2}
            title={strings.empty}
            detail={strings.emptyDetail}
            action={
              <>
                <Button variant="primary" onClick={add}>
                  {strings.add}
                </Button>
                <Button busy={demo.busy} onClick={() => void demo.send('project.addDemo', {})}>
                  {strings.demo}
                </Button>
              </>
            }
          />
        }
      >
        {(projects) =>
          selected && (
            <Panes
              narrow={narrow}
              count={projects.length}
              first={
                <VirtualList
                  label={strings.group}
                  items={projects}
                  itemKey={({ id }) => id}
                  rowHeight={rowHeight + 28}
                  selected={selected.id}
                  onSelect={(id) => {
                    setChosen(id);
                  }}
                  memory={memory}
                  renderRow={(project) => (
                    <div className="flex flex-col gap-2 px-16 py-row-pad">
                      <p className="flex items-center gap-8">
                        <span className="min-w-0 flex-1 truncate font-medium">{project.name}</span>
                        {project.demo ? <Badge>{strings.demoBadge}</Badge> : null}
                        {project.problem ? <StatusGlyph shape="octagon" label={project.problem} /> : null}
                        <span className="text-meta text-ink-2 tabular-nums">
                          {strings.proposals(project.openProposals)}
                        </span>
                      </p>
                      <p className="flex min-w-0 items-baseline gap-12 text-meta text-ink-3">
                        <span className="min-w-0 flex-1">
                          <Mono elide>{project.localPath}</Mono>
                        </span>
                        {project.activeRuns > 0 ? (
                          <span className="shrink-0 text-ink-2">{strings.runs(project.activeRuns)}</span>
                        ) : null}
                        {project.testCommand ? null : (
                          <span className="shrink-0 text-attention-text">{strings.noTestsShort}</span>
                        )}
                      </p>
                    </div>
                  )}
                />
              }
              second={<ProjectPane key={selected.id} project={selected} />}
            />
          )
        }
      </ReadList>
      <AddProjectDialog
        key={adding ? 'open' : 'closed'}
        open={adding}
        onClose={() => {
          setAdding(false);
        }}
        onAdded={({ id }) => {
          setAdding(false);
          setChosen(id);
        }}
      />
    </div>
  );
}

/** Side by side where there is room, else one above the other. */
function Panes({
  narrow,
  count,
  first,
  second,
}: {
  narrow: boolean;
  /** How many rows the first has. */
  count: number;
  first: ReactNode;
  second: ReactNode;
}) {
  if (!narrow)
    return <Split label={strings.group} initial={360} minimum={260} first={first} second={second} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        className="flex max-h-[40%] shrink-0 flex-col border-b border-line"
        style={{ height: Math.min(4, count) * 56 }}
      >
        {first}
      </div>
      {second}
    </div>
  );
}

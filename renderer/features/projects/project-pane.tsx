import { SquareKanban, Radar, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellFeed } from '../../app/shell-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useToast } from '../../ui/toast.tsx';
import { CheckPart } from './check-part.tsx';
import { PolicyPart } from './policy-part.tsx';
import type { Project } from './project.ts';
import { ProjectSettings } from './project-settings.tsx';
import { strings } from './strings.ts';
import { WorktreesPart } from './worktrees-part.tsx';

const parts = ['settings', 'policy', 'check', 'worktrees'] as const;

/** One repository: its settings, what runs may do there, its commands, and the folders Homer made in it. */
export function ProjectPane({ project }: { project: Project }) {
  const router = useRouter();
  const feed = useShellFeed();
  const discovery = useForm();
  const [found, setFound] = useState<OutputOf<'source.check'>>();
  const [removing, setRemoving] = useState(false);
  const [search, setPart] = useSearchValue('part', 'settings');
  const part = parts.find((each) => each === search) ?? 'settings';
  const { actions } = strings;

  const discover = async (): Promise<void> => {
    const reply = await discovery.send('source.check', { projectId: project.id });
    if (reply.ok) setFound(reply.value);
  };
  return (
    <div data-scroll={`project ${project.id} ${part}`} className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex max-w-[688px] flex-col px-24 pt-16 pb-48">
        <h2 className="text-page">{project.name}</h2>
        <p className="mt-2 flex flex-wrap gap-x-16 text-meta text-ink-2">
          <Mono>{project.localPath}</Mono>
          <span>{strings.runs(project.activeRuns)}</span>
          <span>{strings.proposals(project.openProposals)}</span>
        </p>
        <div className="flex flex-wrap gap-8 py-16">
          <Button icon={Radar} busy={discovery.busy} onClick={() => void discover()}>
            {discovery.busy ? actions.discovering : actions.discover}
          </Button>
          <Button
            variant="ghost"
            icon={SquareKanban}
            onClick={() => {
              feed.chooseProject(project.id);
              router.go(to('board', {}));
            }}
          >
            {actions.board}
          </Button>
          <Button
            variant="ghost"
            icon={Trash2}
            className="ms-auto"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {actions.remove}
          </Button>
        </div>
        <div className="flex flex-col gap-12 pb-16 empty:hidden">
          {project.problem ? <ErrorBar message={project.problem} /> : null}
          {project.testCommand ? null : <ErrorBar kind="stale" message={strings.noTests} />}
          {discovery.failure ? (
            <ErrorBar message={discovery.failure.message} hint={discovery.failure.hint} />
          ) : null}
          {found ? <Found found={found} /> : null}
        </div>
        <Tabs
          label={strings.parts.label}
          value={part}
          onValueChange={setPart}
          tabs={[
            {
              value: 'settings',
              label: strings.parts.settings,
              panel: <ProjectSettings key={project.version} project={project} />,
            },
            {
              value: 'policy',
              label: strings.parts.policy,
              panel: <PolicyPart key={project.version} project={project} />,
            },
            { value: 'check', label: strings.parts.check, panel: <CheckPart project={project} /> },
            {
              value: 'worktrees',
              label: strings.parts.worktrees,
              panel: <WorktreesPart project={project} />,
            },
          ]}
        />
      </div>
      <RemoveDialog
        project={project}
        open={removing}
        onClose={() => {
          setRemoving(false);
        }}
      />
    </div>
  );
}

function Found({ found }: { found: OutputOf<'source.check'> }) {
  const { discovery } = strings;
  return (
    <section aria-live="polite" className="flex flex-col gap-4">
      <p className="font-medium">{found.created > 0 ? discovery.made(found.created) : discovery.nothing}</p>
      <ul>
        {found.found.slice(0, 20).map((signal) => (
          <li key={`${signal.sourceRef} ${signal.title}`} className="flex h-28 items-center gap-12">
            <span className="min-w-0 flex-1 truncate">{signal.title}</span>
            <span className="text-meta text-ink-3">{labels.source[signal.source]}</span>
            <span className="max-w-[40%] text-meta text-ink-2">
              <Mono elide>{signal.sourceRef}</Mono>
            </span>
            <span className="w-[96px] text-end text-meta text-ink-3">
              {signal.fresh ? discovery.fresh : discovery.known}
            </span>
          </li>
        ))}
      </ul>
      {found.failures.map((failure) => (
        <ErrorBar
          key={`${failure.projectName} ${failure.source}`}
          message={`${discovery.failed} ${failure.message}`}
        />
      ))}
    </section>
  );
}

function RemoveDialog({ project, open, onClose }: { project: Project; open: boolean; onClose: () => void }) {
  const { remove } = strings;
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const confirm = async (): Promise<void> => {
    const reply = await send('project.remove', { id: project.id, version: project.version });
    if (!reply.ok) return;
    onClose();
    toast({ text: remove.done(project.name) });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={remove.title(project.name)}
      description={remove.detail}
      footer={
        <>
          <Button onClick={onClose}>{remove.cancel}</Button>
          <Button variant="danger" busy={busy} onClick={() => void confirm()}>
            {remove.confirm}
          </Button>
        </>
      }
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </Dialog>
  );
}

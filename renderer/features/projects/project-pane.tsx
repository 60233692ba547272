import { FlaskConical, SquareKanban, Radar, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellFeed } from '../../app/shell-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ProjectSettings } from './project-settings.tsx';
import { strings } from './strings.ts';

export type Project = OutputOf<'project.list'>[number];

export function ProjectPane({ project }: { project: Project }) {
  const router = useRouter();
  const feed = useShellFeed();
  const tests = useForm();
  const discovery = useForm();
  const [evidence, setEvidence] = useState<OutputOf<'project.checkTests'>>();
  const [found, setFound] = useState<OutputOf<'source.check'>>();
  const [removing, setRemoving] = useState(false);
  const { actions } = strings;

  const check = async (): Promise<void> => {
    const reply = await tests.send('project.checkTests', { id: project.id });
    if (reply.ok) setEvidence(reply.value);
  };
  const discover = async (): Promise<void> => {
    const reply = await discovery.send('source.check', { projectId: project.id });
    if (reply.ok) setFound(reply.value);
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex max-w-[688px] flex-col px-24 pt-16 pb-48">
        <h2 className="text-page">{project.name}</h2>
        <p className="mt-2 flex flex-wrap gap-x-16 text-meta text-ink-2">
          <Mono>{project.localPath}</Mono>
          <span>{strings.runs(project.activeRuns)}</span>
          <span>{strings.proposals(project.openProposals)}</span>
        </p>
        <div className="flex flex-wrap gap-8 py-16">
          <Button
            icon={FlaskConical}
            busy={tests.busy}
            unavailable={project.testCommand ? undefined : strings.noTests}
            onClick={() => void check()}
          >
            {tests.busy ? actions.checking : actions.check}
          </Button>
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
            className="ml-auto"
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
          {tests.failure ? <ErrorBar message={tests.failure.message} hint={tests.failure.hint} /> : null}
          {discovery.failure ? (
            <ErrorBar message={discovery.failure.message} hint={discovery.failure.hint} />
          ) : null}
          {evidence ? <TestEvidence evidence={evidence} /> : null}
          {found ? <Found found={found} /> : null}
        </div>
        <ProjectSettings key={project.version} project={project} />
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

function TestEvidence({ evidence }: { evidence: OutputOf<'project.checkTests'> }) {
  const { tests } = strings;
  const passed = evidence.exitCode === 0;
  return (
    <section aria-live="polite" className="flex flex-col gap-6">
      <p className="flex flex-wrap items-center gap-x-12 gap-y-2">
        <StatusLabel shape={passed ? 'check' : 'octagon'}>
          {passed ? tests.passed : evidence.exitCode === null ? tests.ended : tests.failed(evidence.exitCode)}
        </StatusLabel>
        <span className="text-meta text-ink-2">
          <Mono>{evidence.command}</Mono> {tests.took} {formatDuration(evidence.durationMs)}
        </span>
      </p>
      {evidence.note ? <p className="text-meta text-ink-2">{evidence.note}</p> : null}
      <pre
        tabIndex={0}
        role="group"
        aria-label={tests.output}
        className="max-h-[280px] overflow-auto rounded-control border border-line bg-code px-12 py-8 font-mono text-code whitespace-pre-wrap"
      >
        {evidence.output}
      </pre>
    </section>
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
            <span className="w-[96px] text-right text-meta text-ink-3">
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

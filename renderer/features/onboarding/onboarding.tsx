import { FlaskConical, FolderGit2, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { useToast } from '../../ui/toast.tsx';
import { GuideSteps } from '../guide/guide-steps.tsx';
import { AddProjectDialog } from '../projects/add-project-dialog.tsx';
import { strings } from './strings.ts';

/** The first run: two ways to the board, and what comes after them. */
export function Onboarding() {
  const router = useRouter();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const { busy, failure, send } = useForm();
  const guide = useQuery('guide.get', {}).data;

  const goToBoard = (text: string): void => {
    router.go(to('board', {}));
    toast({ text });
  };
  const demo = async (): Promise<void> => {
    if (busy) return;
    const { entry } = router.snapshot();
    const made = await send('project.addDemo', {});
    if (!made.ok) return;
    await send('source.check', { projectId: made.value.id });
    // Whoever went elsewhere meanwhile stays there.
    if (router.snapshot().entry === entry) goToBoard(strings.ready);
    else
      toast({
        text: strings.readyAway,
        action: {
          label: 'Open',
          run: () => {
            router.go(to('board', {}));
          },
        },
      });
  };
  return (
    <div className="mx-auto flex w-full max-w-form flex-col gap-24 px-24 pt-[8vh] pb-48">
      <div className="flex flex-col gap-8">
        <h2 className="text-page text-balance">{strings.title}</h2>
        <p className="text-read text-ink-2">{strings.detail}</p>
      </div>
      <div className="flex flex-col gap-12">
        <Choice
          icon={FlaskConical}
          title={busy ? strings.making : strings.demo}
          detail={strings.demoDetail}
          busy={busy}
          onChoose={() => void demo()}
        />
        <Choice
          icon={FolderGit2}
          title={strings.own}
          detail={strings.ownDetail}
          onChoose={() => {
            setAdding(true);
          }}
        />
      </div>
      {guide ? (
        <div className="flex flex-col gap-8">
          <h3 className="text-body font-strong">{strings.steps}</h3>
          <GuideSteps steps={guide.steps} />
        </div>
      ) : null}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <AddProjectDialog
        key={adding ? 'open' : 'closed'}
        open={adding}
        onClose={() => {
          setAdding(false);
        }}
        onAdded={() => {
          setAdding(false);
          goToBoard(strings.looking);
        }}
      />
    </div>
  );
}

function Choice({
  icon: Icon,
  title,
  detail,
  busy = false,
  onChoose,
}: {
  icon: LucideIcon;
  title: string;
  detail: string;
  busy?: boolean;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      onClick={onChoose}
      className="flex items-start gap-16 rounded-card border border-line bg-surface px-20 py-16 text-start hover:border-control hover:bg-hover"
    >
      <Icon aria-hidden size={20} strokeWidth={1.5} className="mt-2 shrink-0 text-ink-2" />
      <span className="flex min-w-0 flex-col gap-2">
        <span className="text-title">{title}</span>
        <span className="text-body text-ink-2">{detail}</span>
      </span>
    </button>
  );
}

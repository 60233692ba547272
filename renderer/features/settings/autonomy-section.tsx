import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Select } from '../../ui/select.tsx';
import { useToast } from '../../ui/toast.tsx';
import { askedWords } from './asked-words.ts';
import { FlagRow } from './flag-row.tsx';
import { ReadState } from './read-state.tsx';
import { autonomyFlags } from './sections.ts';
import { SettingRow } from './setting-row.tsx';
import { strings } from './strings.ts';

const words = strings.autonomy;
const profiles = ['strict', 'balanced', 'trusted'] as const;
type History = OutputOf<'gate.history'>;

/** What starts and is applied without asking; beside each choice what it would have come to by the work of the last weeks. */
export function AutonomySection() {
  const history = useQuery('gate.history', {}, { watch: ['run', 'project'], every: 60_000 });
  const flags = useQuery('flag.list', {});
  return (
    <>
      <p className="text-ink-2">{words.help}</p>
      <section aria-label={words.profiles}>
        <h3 className="border-b border-line pb-4 text-title">{words.profiles}</h3>
        <ReadState query={history}>
          {(read) =>
            read.projects.length === 0 ? (
              <p className="py-8 text-ink-2">{words.noProject}</p>
            ) : (
              <>
                {read.projects.map((project) => (
                  <ProfileRow
                    key={`${project.projectId} ${String(project.version)}`}
                    project={project}
                    days={read.days}
                    reread={history.reread}
                  />
                ))}
                <p className="text-meta text-ink-3">{words.basis(Math.round(read.days), read.cut)}</p>
              </>
            )
          }
        </ReadState>
      </section>
      <section aria-label={words.agents}>
        <h3 className="border-b border-line pb-4 text-title">{words.agents}</h3>
        {history.data ? (
          <p className="pt-8 text-ink-2">
            {words.permissions(
              history.data.permissions,
              askedWords(history.data.permissions.asked, history.data.days),
            )}
          </p>
        ) : null}
        <ReadState query={flags}>
          {(list) =>
            list
              .filter(({ key }) => autonomyFlags.includes(key))
              .map((flag) => <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />)
          }
        </ReadState>
      </section>
    </>
  );
}

function ProfileRow({
  project: { projectId, name, version, profile, runs, asks },
  days,
  reread,
}: {
  readonly project: History['projects'][number];
  readonly days: number;
  readonly reread: () => void;
}) {
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const set = async (riskProfile: typeof profile): Promise<void> => {
    const reply = await send('project.update', { id: projectId, version, settings: { riskProfile } });
    reread();
    if (!reply.ok) return;
    const after = reply.value.version;
    toast({
      text: strings.saved(name, labels.riskProfile[riskProfile]),
      action: {
        label: 'Undo',
        run: () =>
          void send('project.update', {
            id: projectId,
            version: after,
            settings: { riskProfile: profile },
          }).then(reread),
      },
    });
  };
  return (
    <SettingRow
      label={name}
      help={
        <>
          {words.kinds[profile]}
          <span className="block text-ink tabular-nums">
            {runs === 0 ? words.noRuns : words.wouldAsk(askedWords(asks[profile], days), runs)}
          </span>
        </>
      }
      error={failure?.message}
      changed={profile !== 'strict'}
    >
      <Select
        className="w-full max-w-[256px]"
        disabled={busy}
        value={profile}
        onValueChange={(next) => void set(next)}
        options={profiles.map((value) => ({
          value,
          label:
            runs === 0
              ? labels.riskProfile[value]
              : words.option(labels.riskProfile[value], askedWords(asks[value], days)),
        }))}
      />
    </SettingRow>
  );
}

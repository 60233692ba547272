import { Dialog } from '../ui/dialog.tsx';
import { KeyCaps } from '../ui/kbd.tsx';
import { Switch } from '../ui/switch.tsx';
import { bindings, type Action } from './actions.ts';
import { useActionList } from './actions-context.tsx';
import { usePreferences } from './shell-context.tsx';
import { strings } from './strings.ts';

const words = strings.shortcuts;

function Group({
  title,
  rows,
}: {
  title: string;
  rows: readonly { title: string; keys: readonly string[] }[];
}) {
  return (
    <section className="mb-16 break-inside-avoid">
      <h3 className="mb-4 text-micro text-ink-3">{title}</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.title} className="flex min-h-28 items-center justify-between gap-12">
            <dt className="min-w-0 text-body text-ink">{row.title}</dt>
            <dd className="flex shrink-0 items-center gap-8">
              {row.keys.map((keys) => (
                <KeyCaps key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function byGroup(actions: readonly Action[]): [string, Action[]][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions)
    if (bindings(action).length > 0) groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  return [...groups];
}

/** Written from the registry, so it cannot disagree with what the keys do. */
export function ShortcutsSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const actions = useActionList();
  const [{ singleKeys }, setPreferences] = usePreferences();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={words.title}
      description={words.detail}
      size="large"
    >
      <div className="gap-32 narrow:columns-2">
        {byGroup(actions).map(([group, members]) => (
          <Group
            key={group}
            title={group}
            rows={members.map((action) => ({ title: action.title, keys: bindings(action) }))}
          />
        ))}
        <Group title={words.lists} rows={words.list.map(({ title, keys }) => ({ title, keys: [keys] }))} />
      </div>
      <div className="border-t border-line pt-8">
        <Switch
          label={words.singleKeys}
          help={words.singleKeysHelp}
          checked={singleKeys}
          onCheckedChange={(next) => {
            setPreferences({ singleKeys: next });
          }}
        />
      </div>
    </Dialog>
  );
}

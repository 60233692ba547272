/**
 * Every control in every state, in both themes, for review by eye and by axe. Served by the development server only
 * (/catalogue.html); it is no input of the production build. `?theme=dark` or `?theme=light` shows one theme.
 */
import {
  Archive,
  Check,
  FolderPlus,
  Inbox,
  List,
  MoreHorizontal,
  Play,
  Plus,
  Rows3,
  Search,
  Trash2,
  Waves,
} from 'lucide-react';
import { StrictMode, useMemo, useRef, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ControlProviders } from './app/app.tsx';
import { createRendererClock, createTicker, formatTime } from './client/clock.ts';
import { Badge, Chip } from './ui/badge.tsx';
import { Button } from './ui/button.tsx';
import { Bytes } from './ui/bytes.tsx';
import { Checkbox } from './ui/checkbox.tsx';
import { useClock } from './ui/clock-context.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Duration } from './ui/duration.tsx';
import { EmptyState } from './ui/empty-state.tsx';
import { ErrorBar } from './ui/error-bar.tsx';
import { Field } from './ui/field.tsx';
import { IconButton } from './ui/icon-button.tsx';
import { Kbd } from './ui/kbd.tsx';
import { Markdown } from './ui/markdown.tsx';
import { ContextMenu, Menu, type MenuEntry } from './ui/menu.tsx';
import { Mono } from './ui/mono.tsx';
import { Popover } from './ui/popover.tsx';
import { Segmented } from './ui/segmented.tsx';
import { Select } from './ui/select.tsx';
import { Sheet } from './ui/sheet.tsx';
import { SkeletonRows } from './ui/skeleton.tsx';
import { Split } from './ui/split.tsx';
import { StatusGlyph, StatusLabel, type GlyphShape, type Tone } from './ui/status-glyph.tsx';
import { Switch } from './ui/switch.tsx';
import { Tabs } from './ui/tabs.tsx';
import { TextArea } from './ui/text-area.tsx';
import { TextField } from './ui/text-field.tsx';
import { Time } from './ui/time.tsx';
import { useToast } from './ui/toast.tsx';
import { Tooltip } from './ui/tooltip.tsx';
import { VirtualList } from './ui/virtual-list.tsx';
import './ui/base.css';

function Part({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  return (
    <section className={wide ? 'col-span-full min-w-0' : 'min-w-0'}>
      <h3 className="mb-8 text-micro text-ink-3">{title}</h3>
      <div className="flex flex-wrap items-center gap-8">{children}</div>
    </section>
  );
}

const entries: readonly MenuEntry[] = [
  { id: 'open', label: 'Open', icon: Play, keys: 'Enter', onSelect: () => undefined },
  { id: 'archive', label: 'Archive', icon: Archive, keys: 'e', onSelect: () => undefined },
  {
    id: 'apply',
    label: 'Apply',
    icon: Check,
    unavailable: 'There is nothing to apply yet',
    onSelect: () => undefined,
  },
  'separator',
  { heading: 'Density' },
  { id: 'compact', label: 'Compact', checked: false, onSelect: () => undefined },
  { id: 'default', label: 'Default', checked: true, onSelect: () => undefined },
  'separator',
  { id: 'delete', label: 'Delete', icon: Trash2, danger: true, onSelect: () => undefined },
];

const shapes: readonly [GlyphShape, string][] = [
  ['dashed', 'Queued'],
  ['spinner', 'Running'],
  ['diamond', 'Needs you'],
  ['hourglass', 'Waiting'],
  ['pause', 'Paused'],
  ['check', 'Done'],
  ['octagon', 'Failed'],
  ['square', 'Stopped'],
];

const prose = `## What changed

Paragraph with \`inline code\`, **strong** words and a [link](https://example.com/docs/page). Images such as ![x](https://example.com/x.png) are off.

- [x] first point
- [ ] second point

| Part | Tests |
|---|---|
| queue | 12 |

\`\`\`ts
const answer = await drain(queue, { timeout: 30_000, signal: controller.signal, onProgress: report });
\`\`\`

> A remark of somebody else. <script>alert(1)</script>
`;

function Overlays() {
  const [dialog, setDialog] = useState(false);
  const [sheet, setSheet] = useState(false);
  const toast = useToast();
  return (
    <>
      <Button
        onClick={() => {
          setDialog(true);
        }}
      >
        Dialog
      </Button>
      <Button
        onClick={() => {
          setSheet(true);
        }}
      >
        Sheet
      </Button>
      <Popover title="Popover" trigger={<Button>Popover</Button>}>
        <p className="text-body text-ink-2">More of one thing, near it.</p>
      </Popover>
      <Menu entries={entries} trigger={<Button>Menu</Button>} />
      <Menu entries={entries} trigger={<IconButton icon={MoreHorizontal} label="More actions" keys="." />} />
      <ContextMenu entries={entries}>
        <div className="rounded-control border border-dashed border-line px-12 py-4 text-meta text-ink-2">
          Right press here
        </div>
      </ContextMenu>
      <Tooltip content="Words for a control" keys="$mod+k">
        <Button>Tooltip</Button>
      </Tooltip>
      <Button
        onClick={() => {
          toast({ text: 'Moved to archive.', action: { label: 'Undo', run: () => undefined } });
        }}
      >
        Toast
      </Button>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="Delete this file for good?"
        description="It has not been saved anywhere else."
        footer={
          <>
            <Button
              onClick={() => {
                setDialog(false);
              }}
            >
              Keep it
            </Button>
            <Button
              variant="danger"
              keys="$mod+Enter"
              onClick={() => {
                setDialog(false);
              }}
            >
              Delete
            </Button>
          </>
        }
      >
        <Form />
      </Dialog>
      <Sheet
        open={sheet}
        onOpenChange={setSheet}
        title="A peek"
        aside={<Badge tone="attention">Waiting</Badge>}
        footer={<Button variant="primary">Open</Button>}
      >
        <Markdown text={prose} onOpenLink={() => undefined} />
      </Sheet>
    </>
  );
}

function Form() {
  const [name, setName] = useState('');
  const [text, setText] = useState('Grows with its text.');
  const [kind, setKind] = useState<'a' | 'b' | 'c' | null>('a');
  return (
    <div className="flex w-full flex-col gap-16">
      <Field label="Name" help="Shown in lists." optional>
        <TextField value={name} onValueChange={setName} placeholder="Nightly" />
      </Field>
      <Field
        label="Metadata"
        error="Line 1 is no JSON: a quote is missing. Add it, or leave the field empty."
      >
        <TextArea value={text} onValueChange={setText} mono minRows={2} />
      </Field>
      <Field label="Kind">
        <Select
          value={kind}
          onValueChange={setKind}
          options={[
            { value: 'a', label: 'First kind', detail: 'The usual one' },
            { value: 'b', label: 'Second kind' },
            { value: 'c', label: 'Third kind', unavailable: 'Needs an account' },
          ]}
        />
      </Field>
    </div>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState<'active' | 'failed' | 'all'>('active');
  const [lens, setLens] = useState<'outline' | 'raw'>('outline');
  const [filter, setFilter] = useState('');
  return (
    <>
      <Checkbox checked={on} onCheckedChange={setOn} label="Checked" />
      <Checkbox checked={false} onCheckedChange={setOn} label="Unchecked" help="With a line of help" />
      <Checkbox checked={false} indeterminate onCheckedChange={setOn} label="Some" />
      <Checkbox checked disabled onCheckedChange={setOn} label="Disabled" />
      <Segmented
        label="Lens"
        value={lens}
        onValueChange={setLens}
        segments={[
          { value: 'outline', label: 'Outline', icon: List },
          { value: 'raw', label: 'Raw', icon: Rows3 },
        ]}
      />
      <TextField
        aria-label="Filter"
        icon={Search}
        keys="/"
        value={filter}
        onValueChange={setFilter}
        placeholder="Filter"
        className="w-full"
      />
      <div className="w-full">
        <Switch label="Ask before network" help="Saved at once." checked={on} onCheckedChange={setOn} />
        <Switch
          label="Off"
          checked={!on}
          onCheckedChange={() => {
            setOn(!on);
          }}
        />
        <Switch label="Disabled" checked disabled onCheckedChange={setOn} />
      </div>
      <div className="w-full">
        <Tabs
          label="Filters"
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              value: 'active',
              label: 'Active',
              count: 4,
              panel: <p className="py-8 text-body text-ink-2">Active ones</p>,
            },
            {
              value: 'failed',
              label: 'Failed',
              count: 1,
              panel: <p className="py-8 text-body text-ink-2">Failed ones</p>,
            },
            { value: 'all', label: 'All', panel: <p className="py-8 text-body text-ink-2">All of them</p> },
          ]}
          aside={
            <Button size="small" icon={Plus}>
              Save filter
            </Button>
          }
        />
      </div>
    </>
  );
}

interface Line {
  readonly id: string;
  readonly shape: GlyphShape;
  readonly title: string;
}
const line = (index: number): Line => ({
  id: `row-${String(index)}`,
  shape: shapes[index % shapes.length]?.[0] ?? 'dashed',
  title: `Row ${String(index)} of a long list`,
});

function Lists() {
  const many = useMemo(() => Array.from({ length: 10_000 }, (_, index) => line(index)), []);
  const [selected, setSelected] = useState<string | null>('row-1');
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set(['row-3']));
  const [log, setLog] = useState(() => Array.from({ length: 200 }, (_, index) => line(index)));
  const nextLine = useRef(200);
  const row = (item: Line, checkedRow = false) => (
    <div className="flex h-32 items-center gap-8 px-12">
      <StatusGlyph shape={item.shape} still label={item.shape} />
      <span className="min-w-0 flex-1 truncate">{item.title}</span>
      {checkedRow ? <Check aria-hidden size={14} strokeWidth={1.5} /> : null}
      <span className="text-meta text-ink-2">12m 04s</span>
    </div>
  );
  return (
    <div className="flex h-[260px] w-full rounded-card border border-line bg-surface">
      <Split
        label="Resize the list"
        initial={320}
        first={
          <VirtualList
            label="Many rows"
            items={many}
            itemKey={(item) => item.id}
            rowHeight={32}
            selected={selected}
            onSelect={setSelected}
            checked={checked}
            onCheckedChange={setChecked}
            renderRow={(item, state) => row(item, state.checked)}
          />
        }
        second={
          <>
            <div className="flex items-center gap-8 border-b border-line p-4">
              <Button
                size="small"
                onClick={() => {
                  setLog([...log, line((nextLine.current += 1))]);
                }}
              >
                Append
              </Button>
              <Button
                size="small"
                onClick={() => {
                  setLog([line(-(nextLine.current += 1)), ...log]);
                }}
              >
                Prepend
              </Button>
            </div>
            <VirtualList
              label="Log"
              kind="list"
              follow
              items={log}
              itemKey={(item) => item.id}
              rowHeight={32}
              renderRow={(item) => row(item)}
            />
          </>
        }
      />
    </div>
  );
}

function Times() {
  const clock = useClock();
  const ago = (ms: number): string => formatTime(clock.now() - ms);
  const [base] = useState(() => ({ recent: ago(4_000), hours: ago(7_300_000) }));
  return (
    <span className="flex flex-wrap gap-16 text-meta text-ink-2">
      <Time at={base.recent} /> <Time at={base.hours} /> <Time at={base.hours} form="exact" />
      <Duration since={base.recent} /> <Duration ms={192_000} /> <Bytes value={12_345_678} />
      <Mono>run 01J9Z</Mono>
      <span className="w-[180px]">
        <Mono elide>packages/core/src/scheduler/intake-queue.ts</Mono>
      </span>
    </span>
  );
}

function Catalogue() {
  const tones: readonly Tone[] = ['neutral', 'running', 'attention', 'success', 'danger'];
  return (
    <div className="grid grid-cols-1 gap-24 p-24 wide:grid-cols-2">
      <Part title="Buttons" wide>
        <Button variant="primary" keys="c">
          New
        </Button>
        <Button icon={Search} keys="/">
          Filter
        </Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="danger">Delete</Button>
        <Button size="small">Small</Button>
        <Button size="large" icon={FolderPlus}>
          Large
        </Button>
        <Button aria-pressed>Pressed</Button>
        <Button busy variant="primary">
          Saving
        </Button>
        <Button busy>Busy</Button>
        <Button unavailable="There is nothing to apply yet">Unavailable</Button>
        <Button variant="primary" unavailable="Choose a row first">
          Unavailable
        </Button>
        <IconButton icon={Search} label="Search" keys="$mod+k" />
        <IconButton icon={Waves} label="Waves" aria-pressed />
        <IconButton icon={Trash2} label="Delete" unavailable="Nothing is selected" size="small" />
      </Part>
      <Part title="Status">
        {shapes.map(([shape, label]) => (
          <StatusLabel key={shape} shape={shape}>
            {label}
          </StatusLabel>
        ))}
      </Part>
      <Part title="Badges, chips, keys">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Badge mono>HOM-41</Badge>
        <Chip onPress={() => undefined} pressed>
          Pressed
        </Chip>
        <Chip onPress={() => undefined}>Toggle</Chip>
        <Chip onRemove={() => undefined} removeLabel="Remove filter project">
          project: api
        </Chip>
        <Kbd keys="$mod+Shift+c" /> <Kbd keys="g b" />
      </Part>
      <Part title="Overlays">
        <Overlays />
      </Part>
      <Part title="Times, sizes, mono">
        <Times />
      </Part>
      <Part title="Form">
        <Form />
      </Part>
      <Part title="Choices">
        <Choices />
      </Part>
      <Part title="Lists: ten thousand rows, and one that follows its end" wide>
        <Lists />
      </Part>
      <Part title="Markdown">
        <Markdown text={prose} onOpenLink={() => undefined} />
      </Part>
      <Part title="States">
        <div className="flex w-full flex-col gap-12">
          <ErrorBar
            message="The repository could not be read."
            hint="Check that the folder still exists."
            onRetry={() => undefined}
          />
          <ErrorBar
            kind="stale"
            message="This is 2 min old."
            hint="Reconnecting."
            onRetry={() => undefined}
            retryLabel="Reconnect"
            busy
          />
          <SkeletonRows rows={3} />
          <EmptyState
            icon={Inbox}
            title="Nothing needs you"
            detail="Two runs are working."
            action={<Button>Open runs</Button>}
          />
        </div>
      </Part>
    </div>
  );
}

function Page() {
  const only = new URLSearchParams(window.location.search).get('theme');
  const themes = (['light', 'dark'] as const).filter((theme) => !only || theme === only);
  // A single theme is put on <html>, so that overlays, which live outside, wear it too.
  if (only) document.documentElement.setAttribute('data-theme', only);
  return (
    <main className="h-full overflow-y-auto">
      <h1 className="sr-only">Control catalogue</h1>
      {themes.map((theme) => (
        <section key={theme} data-theme={theme} className="bg-canvas text-ink">
          <h2 className="px-24 pt-24 text-page">{theme}</h2>
          <Catalogue />
        </section>
      ))}
    </main>
  );
}

const root = document.getElementById('root');
if (root) {
  const clock = createRendererClock();
  createRoot(root).render(
    <StrictMode>
      <ControlProviders clock={clock} ticker={createTicker(clock)}>
        <Page />
      </ControlProviders>
    </StrictMode>,
  );
}

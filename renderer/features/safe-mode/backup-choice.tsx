import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { Damage } from '../../../preload/contract/safe-mode.ts';
import { Bytes } from '../../ui/bytes.tsx';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { strings as words } from './strings.ts';

/** The backups, newest first; one that does not pass its check is shown, and cannot be chosen. */
export function BackupChoice({
  backups,
  value,
  onChange,
}: {
  backups: Damage['backups'];
  value: string;
  onChange: (name: string) => void;
}) {
  return (
    <RadioGroup
      aria-label={words.backups}
      value={value}
      onValueChange={(next) => {
        onChange(next);
      }}
      className="flex flex-col"
    >
      {backups.map(({ name, createdAt, bytes, reason, fault }) => (
        <label
          key={name}
          className="flex min-h-40 items-center gap-12 border-b border-line py-4 last:border-b-0"
        >
          <Radio.Root
            value={name}
            disabled={fault !== null}
            className="inline-flex size-16 shrink-0 items-center justify-center rounded-full border border-control data-checked:border-accent data-disabled:opacity-50"
          >
            <Radio.Indicator className="size-8 rounded-full bg-accent" />
          </Radio.Root>
          <span className="min-w-0 flex-1">
            <span className="block">
              <Time at={createdAt} /> · {words.reasons[reason] ?? words.beforeMigration}
            </span>
            <span className="block text-meta text-ink-3 wrap-anywhere">{name}</span>
          </span>
          <span
            className={cx('flex items-center gap-8 text-meta', fault ? 'text-danger-text' : 'text-ink-2')}
          >
            <StatusGlyph
              shape={fault === null ? 'check' : 'octagon'}
              label={fault === null ? words.good : words.bad(fault)}
            />
            <span className="max-w-[220px]">{fault === null ? words.good : words.bad(fault)}</span>
          </span>
          <span className="w-[64px] shrink-0 text-end text-meta text-ink-2 tabular-nums">
            <Bytes value={bytes} />
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useClock, useNow } from '../../ui/clock-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { formatExact, formatField } from '../../ui/format-time.ts';
import { Menu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { parseTime } from '../../client/clock.ts';
import { grantSpans, grantUntil, ownUntil } from './grant-until.ts';
import { strings } from './strings.ts';

const words = strings.permission;

/** Until when the same thing is allowed to all runs of the intent: three usual ends, or a time of one's own. */
export function useGrantMenu(
  { busy, against }: { busy: boolean; against: string | undefined },
  allow: (until: string) => void,
) {
  const clock = useClock();
  const now = useNow(60_000);
  const [own, setOwn] = useState<string>();
  const until = own === undefined ? null : ownUntil(own, clock.now());
  const menu = (
    <Menu
      trigger={
        <Button disabled={busy || against !== undefined}>
          {words.allowIntent}
          <ChevronDown aria-hidden size={16} strokeWidth={1.5} className="text-ink-3" />
        </Button>
      }
      entries={[
        ...grantSpans.map((span) => ({
          id: span,
          label: words.spans[span],
          detail: words.until(formatExact(parseTime(grantUntil(span, now)))),
          onSelect: () => {
            allow(grantUntil(span, clock.now()));
          },
        })),
        'separator' as const,
        {
          id: 'own',
          label: words.spans.own,
          onSelect: () => {
            setOwn(formatField(clock.now() + 24 * 3_600_000));
          },
        },
      ]}
    />
  );
  const form =
    own === undefined ? null : (
      <form
        aria-label={words.ownLabel}
        className="flex flex-wrap items-end gap-8"
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== null && !busy) allow(until);
        }}
      >
        <Field label={words.ownLabel} error={until === null ? words.ownError : undefined}>
          <TextField
            type="datetime-local"
            autoFocus
            value={own}
            min={formatField(now)}
            className="w-[220px]"
            onValueChange={setOwn}
          />
        </Field>
        <Button type="submit" disabled={busy || until === null}>
          {words.ownAllow}
        </Button>
        <Button
          variant="ghost"
          onClick={() => {
            setOwn(undefined);
          }}
        >
          {words.ownCancel}
        </Button>
      </form>
    );
  return { menu, form };
}

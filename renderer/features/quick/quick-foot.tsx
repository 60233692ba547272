import { BellOff } from 'lucide-react';
import { useClient } from '../../client/client-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useToast } from '../../ui/toast.tsx';
import { QuotaLine, useQuota } from '../accounts/quota-line.tsx';
import { strings } from './strings.ts';

const hourMs = 3_600_000;
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** What is left of the account at work, the way into the dashboard, and an hour without notifications. */
export function QuickFoot({ onOpen, onHide }: { onOpen: () => void; onHide: (() => void) | undefined }) {
  const { clock } = useClient();
  const command = useCommand();
  const toast = useToast();
  const quota = useQuota();
  const hush = (): void => {
    const until = clock.now() + hourMs;
    void command('notification.quiet', { until: formatTime(until) }).then((reply) => {
      if (!reply.ok) return;
      toast({
        text: `${strings.hushed} ${clockTime.format(until)}`,
        action: { label: 'Undo', run: () => void command('notification.quiet', { until: null }) },
      });
    });
  };
  return (
    <footer className="shrink-0 border-t border-line">
      {quota ? (
        <div className="px-16 pt-8">
          <QuotaLine quota={quota} />
        </div>
      ) : null}
      <div className="flex h-40 items-center justify-between px-4">
        <Button variant="ghost" keys="$mod+o" onClick={onOpen}>
          {strings.open}
        </Button>
        <span className="flex">
          <Tooltip content={strings.hushHelp} side="top">
            <Button variant="ghost" icon={BellOff} onClick={hush}>
              {strings.hush}
            </Button>
          </Tooltip>
          {onHide ? (
            <Button variant="ghost" keys="Escape" onClick={onHide}>
              {strings.hideShort}
            </Button>
          ) : null}
        </span>
      </div>
    </footer>
  );
}

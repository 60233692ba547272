import { Button } from '../../ui/button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';

const words = strings.backup;

/** The command that goes back to a backup, where the host cannot do it by itself. */
export function RestoreByHand({ name, why }: { name: string; why: string }) {
  const toast = useToast();
  const command = `homer restore ${name}`;
  return (
    <section className="flex flex-col gap-8">
      <p className="text-ink-2">
        {why} {words.byHand}
      </p>
      <p className="rounded-control bg-inset px-12 py-8 wrap-anywhere">
        <Mono>{command}</Mono>
      </p>
      <div>
        <Button
          size="small"
          onClick={() => {
            void navigator.clipboard.writeText(command).then(() => {
              toast({ text: words.copied });
            });
          }}
        >
          {words.copy}
        </Button>
      </div>
    </section>
  );
}

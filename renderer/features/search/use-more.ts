import type { PaletteItem } from '../../app/palette-sources.ts';
import { useRouter } from '../../app/router-context.tsx';
import { useClient } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { moreActions, type Found } from './more-actions.ts';
import { strings } from './strings.ts';

/** What → offers on something that the palette leads to. */
export function useMore(): (hit: Found, text: string) => Promise<readonly PaletteItem[]> {
  const { call } = useClient();
  const router = useRouter();
  const decisions = useDecisions();
  const command = useCommand();
  const toast = useToast();
  return (hit, text) =>
    moreActions(hit, text, {
      call,
      decisions,
      go: router.go,
      copy: (link) => {
        void navigator.clipboard.writeText(link).then(() => {
          toast({ text: strings.copied });
        });
      },
      command: (name, id) => void command(name, { id }),
    });
}

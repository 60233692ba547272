import type { OutputOf } from '../../../preload/contract/operations.ts';
import { linkTo } from '../../app/link-to.ts';
import type { PaletteItem } from '../../app/palette-sources.ts';
import { useRouter } from '../../app/router-context.tsx';
import { href, to } from '../../app/routes.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';

type Account = Pick<OutputOf<'account.list'>[number], 'id' | 'version' | 'status'>;

/** What → offers on an account. */
export function useMoreOfAccount(): (account: Account) => readonly PaletteItem[] {
  const router = useRouter();
  const command = useCommand();
  const toast = useToast();
  return ({ id, version, status }) => {
    const at = to('accounts', {}, { account: id });
    const held = status === 'disabled' || status === 'error';
    return [
      {
        id: 'open',
        title: strings.open,
        stays: true,
        run: () => {
          router.go(at);
        },
      },
      {
        id: 'hold',
        title: held ? strings.enable : strings.disable,
        stays: true,
        run: () => void command('account.decide', { id, version, action: held ? 'enable' : 'disable' }),
      },
      {
        id: 'copy',
        title: strings.copyLink,
        stays: true,
        run: () => {
          void navigator.clipboard.writeText(linkTo(href(at))).then(() => {
            toast({ text: strings.copied });
          });
        },
      },
    ];
  };
}

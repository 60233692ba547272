import type { OutputOf } from '../../../preload/contract/operations.ts';
import { usePaletteFinder } from '../../app/palette-context.tsx';
import type { PaletteAnswer, PalettePrefix } from '../../app/palette-sources.ts';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useClient } from '../../client/client-context.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { hitItem, type Hit } from './hit-item.ts';
import { strings } from './strings.ts';
import { useMoreOfAccount } from './use-more-of-account.ts';
import { useMore } from './use-more.ts';

const kindsOf: Readonly<Record<Exclude<PalettePrefix, '@'> | '', readonly Hit['kind'][]>> = {
  '': ['proposal', 'run', 'event'],
  '#': ['proposal'],
  ':': ['run', 'event'],
};
const groups = { proposal: strings.moreProposals, run: strings.runs, event: strings.events } as const;
/** Of each kind: few beside the others, more of one that was asked for. */
const limits = { beside: 6, alone: 20 };

/** Lets the palette search everything Homer knows, and the accounts. */
export function SearchFinder() {
  const client = useClient();
  const router = useRouter();
  const decisions = useDecisions();
  const more = useMore();
  const moreOfAccount = useMoreOfAccount();
  const { project } = useShellState();

  usePaletteFinder({
    prefixes: ['', '#', ':'],
    async find(text, prefix) {
      const kinds = kindsOf[prefix === '@' ? '' : prefix];
      const reply = await client.call('search.find', {
        text,
        kinds: [...kinds],
        limit: prefix === '' ? limits.beside : limits.alone,
        ...(project === undefined ? {} : { projectId: project }),
      });
      if (!reply.ok) return { ok: false, message: reply.error.message };
      const { hits, index } = reply.value;
      const value: PaletteAnswer = {
        groups: kinds.map((kind) => ({
          group: groups[kind],
          items: hits
            .filter((hit) => hit.kind === kind)
            .map((hit) => ({
              ...hitItem(hit, text, router.go),
              more: () => more(hit, text),
            })),
        })),
        hint: hintOf(index),
      };
      return { ok: true, value };
    },
    none: (text) => ({
      id: 'search.create',
      title: strings.create(text),
      run: () => {
        decisions.create(project, text);
      },
    }),
  });

  usePaletteFinder({
    prefixes: ['@'],
    async find(text) {
      const reply = await client.call('account.list', {});
      if (!reply.ok) return { ok: false, message: reply.error.message };
      const wanted = text.toLowerCase();
      return {
        ok: true,
        value: {
          groups: [
            {
              group: strings.accounts,
              items: reply.value
                .filter(({ label, executor }) => `${label} ${executor}`.toLowerCase().includes(wanted))
                .map(({ id, label, executor, status, version }) => ({
                  id,
                  title: label,
                  detail: `${executor} · ${status.replaceAll('_', ' ')}`,
                  run: () => {
                    router.go(to('accounts', {}, { account: id }));
                  },
                  more: () => Promise.resolve(moreOfAccount({ id, version, status })),
                })),
            },
          ],
        },
      };
    },
  });
  return null;
}

function hintOf({ behind, complete }: OutputOf<'search.find'>['index']): string | undefined {
  if (!complete) return strings.filling(behind);
  return behind > 0 ? strings.behind(behind) : undefined;
}

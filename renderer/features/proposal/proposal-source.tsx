import { labels } from '../../../preload/contract/labels.ts';
import { usePaletteSource } from '../../app/palette-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useClient } from '../../client/client-context.tsx';
import { useMore } from '../search/use-more.ts';
import { stageShapes } from './stage-shape.ts';
import { strings } from './strings.ts';

/** Lets the palette lead to the proposals that have been read. */
export function ProposalSource() {
  const client = useClient();
  const router = useRouter();
  const more = useMore();
  usePaletteSource({
    prefix: '#',
    group: strings.group,
    items: () =>
      [...client.cards.getState().byId.values()].map((card) => ({
        id: card.id,
        title: card.title,
        detail: `${strings.ref(card.number)} · ${labels.stage[card.stage]}`,
        glyph: { shape: stageShapes[card.stage] },
        keywords: `${strings.ref(card.number)} ${card.projectName ?? ''} ${card.sourceRef}`,
        run: () => {
          router.go(to('proposal', { id: card.id }));
        },
        more: () => more({ kind: 'proposal', id: card.id, seq: null }, ''),
      })),
  });
  return null;
}

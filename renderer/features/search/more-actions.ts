import type { PaletteItem } from '../../app/palette-sources.ts';
import { linkTo } from '../../app/link-to.ts';
import { href, to, type Location } from '../../app/routes.ts';
import type { Call } from '../../../preload/contract/operations.ts';
import type { Decisions } from '../proposal/decisions.ts';
import { offersOf } from '../proposal/use-proposal-actions.ts';
import { placeOf, type Hit } from './hit-item.ts';
import { strings } from './strings.ts';

/** What is known of something that was found, from wherever. */
export type Found = Pick<Hit, 'kind' | 'id' | 'seq'>;

export interface MoreActions {
  readonly call: Call;
  readonly decisions: Decisions;
  readonly go: (location: Location) => void;
  readonly copy: (text: string) => void;
  readonly command: (name: 'run.pause' | 'run.resume', id: string) => void;
}

/** What can be done with a hit from the palette: first what opening it does, then what can be decided about it now. */
export async function moreActions(
  hit: Found,
  text: string,
  at: MoreActions,
): Promise<readonly PaletteItem[]> {
  const { id } = hit;
  const open = (title: string, location: Location): PaletteItem => ({
    id: title,
    title,
    stays: true,
    run: () => {
      at.go(location);
    },
  });
  const copy: PaletteItem = {
    id: 'copy',
    title: strings.copyLink,
    stays: true,
    run: () => {
      at.copy(linkTo(href(placeOf(hit, text))));
    },
  };
  if (hit.kind === 'proposal') {
    const reply = await at.call('proposal.get', { id });
    const offers = reply.ok ? offersOf(reply.value, false, at.decisions) : [];
    return [
      open(strings.open, placeOf(hit, text)),
      ...offers.map(({ action, label, unavailable, run }) => ({
        id: action,
        title: label,
        unavailable,
        run,
      })),
      copy,
    ];
  }
  const reply = await at.call('run.get', { id });
  const detail = reply.ok ? reply.value : undefined;
  const changed = (detail?.run.filesChanged ?? 0) > 0;
  const control = (action: 'pause' | 'resume'): PaletteItem[] =>
    detail?.possible.includes(action)
      ? [
          {
            id: action,
            title: strings[action],
            stays: true,
            run: () => {
              at.command(`run.${action}`, id);
            },
          },
        ]
      : [];
  return [
    ...(hit.kind === 'event' ? [open(strings.openEvent, placeOf(hit, text))] : []),
    open(hit.kind === 'event' ? strings.openRun : strings.open, to('run', { id })),
    open(strings.findInRun, to('run', { id }, { find: text })),
    { ...open(strings.diff, to('review', { id })), unavailable: changed ? undefined : strings.noChanges },
    open(strings.evidence, to('run', { id }, { tab: 'pack' })),
    ...control('pause'),
    ...control('resume'),
    copy,
  ];
}

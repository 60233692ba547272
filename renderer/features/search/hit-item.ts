import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { PaletteItem } from '../../app/palette-sources.ts';
import { to, type Location } from '../../app/routes.ts';
import { stageShapes } from '../proposal/stage-shape.ts';
import { runLook } from '../run/run-look.ts';
import { strings } from './strings.ts';

export type Hit = OutputOf<'search.find'>['hits'][number];

/** Where a hit leads: an event opens its run there, with the words marked. */
export function placeOf({ kind, id, seq }: Pick<Hit, 'kind' | 'id' | 'seq'>, text: string): Location {
  if (kind === 'proposal') return to('proposal', { id });
  return seq === null ? to('run', { id }) : to('run', { id }, { event: `e${String(seq)}`, find: text });
}

/** A row has room for few words before the first that was found. */
const leadLength = 14;

function nearer({ text, ranges }: NonNullable<Hit['snippet']>): NonNullable<PaletteItem['found']> {
  const first = ranges[0]?.[0] ?? 0;
  if (first <= leadLength) return { text, ranges };
  const space = text.indexOf(' ', first - leadLength);
  const cut = space >= 0 && space < first ? space + 1 : first;
  return {
    text: `…${text.slice(cut)}`,
    ranges: ranges.map(([from, to]) => [from - cut + 1, to - cut + 1] as const),
  };
}

/** One hit as a row of the palette. A proposal has the id that its card has, so that it is shown once. */
export function hitItem(hit: Hit, text: string, go: (location: Location) => void): PaletteItem {
  const { kind, id, number, seq, stage, status, snippet } = hit;
  const ref = kind === 'proposal' ? strings.ref(number) : strings.run(number);
  const state = stage ? labels.stage[stage] : status ? labels.runStatus[status] : '';
  const look = status ? runLook(status) : undefined;
  return {
    id: seq === null ? id : `${id} ${String(seq)}`,
    title: hit.title,
    titleRanges: hit.titleRanges,
    detail: kind === 'event' ? ref : `${ref} · ${state}`,
    found: snippet ? nearer(snippet) : undefined,
    glyph: look ? { shape: look.shape, tone: look.tone } : stage ? { shape: stageShapes[stage] } : undefined,
    run: () => {
      go(placeOf(hit, text));
    },
  };
}

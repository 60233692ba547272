import type { Page } from '@playwright/test';

/** In what state a view is looked at. `typical` is taken in more sizes than the others. */
export const pictureStates = ['typical', 'empty', 'overloaded', 'error', 'loading'] as const;
export type PictureState = (typeof pictureStates)[number];

/** One view, dialog or popover that people judge by its pictures (`docs/pictures.md`). */
export interface Picture {
  /** The start of its files' names, and its line in `docs/pictures.md`. */
  readonly name: string;
  /** The address behind the page: `#/board`. */
  readonly place: string;
  /** Over which generated data: `main` (proposals, goals, settings…) unless it says `runs`. */
  readonly world?: 'main' | 'runs';
  /** All of them unless it says otherwise; only `typical` where something has to be done first. */
  readonly states?: readonly PictureState[];
  /** What is done once the view stands there: keys pressed, a dialog opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** One size of its own, for what is not a window of the usual size. */
  readonly size?: { readonly width: number; readonly height: number };
}

export const statesOf = ({ states, prepare }: Picture): readonly PictureState[] =>
  states ?? (prepare === undefined ? pictureStates : ['typical']);

/** A view that has states of its own, and not one more way to see another. */
export const isView = (picture: Picture): boolean => statesOf(picture).length > 1;

import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';

const area = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Area = z.infer<typeof area>;

const windowState = z.object({ bounds: area, maximized: z.boolean() });
export interface WindowState {
  /** Without a place, the system centres it. */
  readonly bounds: Area | Omit<Area, 'x' | 'y'>;
  readonly maximized: boolean;
}

const smallest = { width: 720, height: 480 };
const usual: WindowState = { bounds: { width: 1280, height: 840 }, maximized: false };

export function readWindowState(file: string, screens: readonly Area[], log: Log): WindowState {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Missing the first time, and never worth refusing to start for.
    log.debug('no remembered window', { file, error: messageOf(error) });
    return usual;
  }
  const parsed = windowState.safeParse(stored);
  return parsed.success ? fitToScreens(parsed.data, screens) : usual;
}

/** A window whose title bar is on no screen any more goes back to the middle; one larger than its screen shrinks. */
export function fitToScreens(state: WindowState, screens: readonly Area[]): WindowState {
  const place = 'x' in state.bounds ? { x: state.bounds.x, y: state.bounds.y } : undefined;
  const home =
    place &&
    screens.find(
      (screen) =>
        place.x + state.bounds.width > screen.x + 80 &&
        place.x < screen.x + screen.width - 80 &&
        place.y >= screen.y - 8 &&
        place.y < screen.y + screen.height - 80,
    );
  const room = home ?? screens[0] ?? { x: 0, y: 0, ...usual.bounds };
  const width = Math.max(smallest.width, Math.min(state.bounds.width, room.width));
  const height = Math.max(smallest.height, Math.min(state.bounds.height, room.height));
  return {
    bounds: home ? { ...place, width, height } : { width, height },
    maximized: state.maximized,
  };
}

export function writeWindowState(file: string, state: WindowState, log: Log): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch (error) {
    log.warn('the place of the window was not remembered', { file, error: messageOf(error) });
  }
}

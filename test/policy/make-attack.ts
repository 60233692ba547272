import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import type { Attack, Outcome, Scene } from './attack.ts';

export function put(root: string, file: string, text = 'x\n'): void {
  fs.mkdirSync(dirname(join(root, file)), { recursive: true });
  fs.writeFileSync(join(root, file), text);
}
export function link(root: string, file: string, target: string): void {
  fs.mkdirSync(dirname(join(root, file)), { recursive: true });
  fs.symlinkSync(target, join(root, file));
}

type Does = (scene: Scene) => string | undefined;
export const act =
  (work: (scene: Scene) => void): Does =>
  (scene) => {
    work(scene);
    return undefined;
  };
/** Makes the attacks of one group. */
export const named =
  (group: string) =>
  (name: string, outcome: Outcome, work: (scene: Scene) => void, more: Partial<Attack> = {}): Attack => ({
    group,
    name,
    does: act(work),
    outcome,
    ...more,
  });

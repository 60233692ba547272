import { lazy, useState, type ComponentType } from 'react';

/** A component in a chunk of its own. */
export type Loadable<Props> = ComponentType<Props> & {
  /** Reads the chunk before it is shown; resolves when the component can render. */
  readonly load: () => Promise<unknown>;
};

/** The chunk of a view could not be fetched: nobody answers, or a newer Homer has other chunks. */
export class ViewNotRead extends Error {
  override readonly name = 'ViewNotRead';
  /** To be called before the view is shown anew: React keeps for good what was once refused to it. */
  readonly again: () => void;

  constructor(again: () => void, cause: unknown) {
    super('The view could not be read.', { cause });
    this.again = again;
  }
}

/**
 * Waits for its chunk where it is shown before that is there, and renders at once where `load` has brought it. The difference is more than
 * the reading: React holds whatever was waited for back until 300 ms after the last placeholder, so that placeholders do not flicker.
 */
export function loadable<Props extends object>(read: () => Promise<ComponentType<Props>>): Loadable<Props> {
  let found: ComponentType<Props> | undefined;
  let reading: Promise<ComponentType<Props>> | undefined;
  const load = (): Promise<ComponentType<Props>> => {
    reading ??= read().then(
      (component) => (found = component),
      (error: unknown) => {
        // The next one who asks tries again.
        reading = undefined;
        throw new ViewNotRead(() => {
          waiting = wait();
        }, error);
      },
    );
    return reading;
  };
  const wait = () => lazy(async () => ({ default: await load() }));
  let waiting = wait();
  function Shown(props: Props) {
    // Chosen once: changing it later would begin the view anew.
    const [Now] = useState<ComponentType<Props>>(() => found ?? (waiting as ComponentType<Props>));
    return <Now {...props} />;
  }
  return Object.assign(Shown, { load });
}

import path from 'node:path';
import { app, dialog } from 'electron';
import { messageOf } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { declareAppScheme } from './app-protocol.ts';
import { linkAmong, routeOfLink } from './deep-link.ts';
import { watchFaults } from './faults.ts';
import { createHostPort } from './host-port.ts';
import { listen } from './listen.ts';
import type { DesktopOptions, DesktopRuntime } from './runtime-port.ts';
import { offerCarefulStart } from './careful-start.ts';
import { openStartJournal } from './start-journal.ts';
import { createSurface, type Surface } from './surface.ts';

/** The same as `appId` in electron-builder.yml: Windows finds the installed shortcut by it. */
const appId = 'app.homer.desktop';
/** Windows starts Homer by this class when a button of an old notification is pressed. */
const toastActivator = '{6F0B4C0E-52C7-4B57-9C39-1B4E3D1F7A62}';
/** A start that lived this long was a good one. */
const UP_AFTER_MS = 30_000;

/** What a start, a link or a second start wants to see. */
interface Wish {
  readonly route: string | undefined;
  /** A link that means nothing. */
  readonly unknown: string | undefined;
}

/**
 * The desktop host. In order: what must come before Electron is ready, the single-instance lock (a second start shows the
 * first and ends), the runtime, then the surfaces over it. Returns at once; the process lives until it is quit.
 */
export function startDesktop(options: DesktopOptions): void {
  const { log, clock, dataDir } = options;
  declareAppScheme();
  // The lock lies in the data folder: two Homers on two data folders may run, two on one may not.
  app.setPath('userData', path.join(dataDir, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  if (process.platform === 'win32') {
    app.setToastActivatorCLSID(toastActivator);
    app.setAppUserModelId(appId);
  }
  app.setAsDefaultProtocolClient('homer');

  const scope = createScope('desktop');
  let surface: Surface | undefined;
  let runtime: DesktopRuntime | undefined;
  watchFaults({
    clock,
    log,
    scope,
    end: (then) => {
      if (surface) surface.endAfterFault(then);
      else if (runtime)
        runtime.stop().then(then, (error: unknown) => {
          log.error('stopping failed', { error: messageOf(error) });
          then();
        });
      else then();
    },
  });

  // Links and second starts can come before the window can be made.
  const early: Wish[] = [];
  const show = (wish: Wish): void => {
    if (!surface) early.push(wish);
    else if (wish.unknown === undefined) surface.open(wish.route);
    else surface.refuseLink(wish.unknown);
  };
  listen(scope, app, 'second-instance', (_event: unknown, words: string[]) => {
    show(wishOf(linkAmong(words)));
  });
  listen(scope, app, 'open-url', (event: { preventDefault(): void }, link: string) => {
    event.preventDefault();
    show(wishOf(link));
  });
  listen(scope, app, 'activate', () => {
    // macOS also says so at a start, which may be a hidden one.
    if (surface) show({ route: undefined, unknown: undefined });
  });

  const begin = async (): Promise<void> => {
    await app.whenReady();
    const hidden = process.argv.includes('--hidden');
    const journal = openStartJournal(path.join(dataDir, 'start.json'), clock, log);
    const careful = await offerCarefulStart({ badStarts: journal.badStarts, hidden, log });
    if (careful === 'quit') {
      journal.ended();
      app.exit(0);
      return;
    }
    const host = createHostPort();
    const started = await options.start(host.port);
    if (!started.ok) {
      log.error('Homer could not start', { tag: started.error.tag, message: started.error.message });
      // Told and understood: not one of those starts that die for no known reason.
      journal.ended();
      dialog.showErrorBox('Homer could not start', [started.error.message, started.error.hint].join('\n\n'));
      app.exit(1);
      return;
    }
    runtime = started.value;
    surface = await createSurface({
      ...options,
      runtime,
      scope,
      host,
      journal,
      careful: careful === 'careful',
    });
    clock.after(scope, UP_AFTER_MS, () => {
      journal.up();
    });
    const link = linkAmong(process.argv);
    const wishes = [...(link === undefined ? [] : [wishOf(link)]), ...early];
    const wish = wishes.findLast(({ route }) => route !== undefined) ?? wishes.at(-1);
    if (wish) show(wish);
    if (!hidden || surface.mustShow()) surface.show();
  };
  begin().catch((error: unknown) => {
    log.error('starting failed', { error: messageOf(error) });
    dialog.showErrorBox('Homer could not start', messageOf(error));
    app.exit(1);
  });
}

function wishOf(link: string | undefined): Wish {
  if (link === undefined) return { route: undefined, unknown: undefined };
  const route = routeOfLink(link);
  return { route, unknown: route === undefined ? link : undefined };
}

import { z } from 'zod';
import { shortcutSchema } from '../../main/domain/flag/shortcut.ts';
import { timeSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';

/** `needs_approval`: macOS waits for the owner to allow it in System Settings. */
export const loginStateSchema = z.enum(['on', 'off', 'needs_approval']);
export type LoginState = z.infer<typeof loginStateSchema>;

/** Running work at quit: wait for it, put it aside, or stop it. */
export const quitHowSchema = z.enum(['finish', 'pause', 'stop']);
export type QuitHow = z.infer<typeof quitHowSchema>;

const notOffered = z.string();

export const hostStateSchema = z.object({
  host: z.enum(['desktop', 'headless', 'cli']),
  /** Nothing new is claimed; the host quits when nothing runs. */
  leaving: z.boolean(),
  /** Started with care after several bad starts: nothing is claimed or looked for until the owner says so. */
  careful: z.boolean(),
  /** When the former start was, if it did not end in order. */
  endedBadly: timeSchema.nullable(),
  launchAtLogin: z.object({
    state: loginStateSchema.nullable(),
    /** Why it cannot be had here; empty when it can. */
    notOffered,
    /** The owner has approved a run and was never asked. */
    ask: z.boolean(),
  }),
  quick: z.object({
    /** The global shortcut as Electron writes it, such as `Control+Alt+H`; empty: none. */
    shortcut: z.string(),
    /** Why the shortcut does not work now, such as that another program has it. */
    problem: z.string().nullable(),
    notOffered,
  }),
  /** Whether something on this machine shows the tray icon; null where there is no tray icon. */
  tray: z.boolean().nullable(),
});
export type HostState = z.infer<typeof hostStateSchema>;

const routeSchema = z
  .string()
  .max(300)
  .regex(/^\/(?!\/)[\w/?=&.%-]*$/u, 'Give an address inside the dashboard, such as /inbox.');

/** The folders of Homer that the owner may look into. */
export const ownFolderSchema = z.enum(['data', 'logs']);
export type OwnFolder = z.infer<typeof ownFolderSchema>;

export const aboutSchema = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'headless', 'cli']),
  /** Null where there is no Electron. */
  electron: z.string().nullable(),
  node: z.string(),
  sqlite: z.string(),
  /** The system, such as `linux x64 6.12.0`. */
  system: z.string(),
  folders: z.object({ data: z.string(), logs: z.string() }),
  /** Why this host cannot open folders; empty when it can. */
  notOffered,
});

/** What the program around the runtime can do: the desktop app has a tray and a login item, the headless host has neither. */
export const hostOperations = {
  'host.get': query('GET /host', 'What the host offers and what it is doing.', z.object({}), hostStateSchema),
  'host.about': query(
    'GET /host/about',
    'Versions of Homer and of what it stands on, and where its data and logs lie.',
    z.object({}),
    aboutSchema,
  ),
  'host.openFolder': command(
    'POST /host/open-folder',
    'Opens the data folder or that of the logs in the file manager.',
    z.object({ folder: ownFolderSchema }),
    z.object({}),
  ),
  'host.launchAtLogin': command(
    'POST /host/launch-at-login',
    'Starts Homer at login, hidden in the tray, or no longer. Either answer is an answer to the question.',
    z.object({ on: z.boolean() }),
    hostStateSchema,
  ),
  'host.quickShortcut': command(
    'POST /host/quick-shortcut',
    'Sets the global shortcut of the quick window; an empty one takes it away. One that is taken is refused and the old one stays.',
    z.object({ shortcut: shortcutSchema }),
    hostStateSchema,
  ),
  'host.quit': command(
    'POST /host/quit',
    'Quits: after the running work, or at once with that work paused or stopped.',
    z.object({ how: quitHowSchema }),
    z.object({ leaving: z.boolean() }),
  ),
  'host.restart': command(
    'POST /host/restart',
    'Ends Homer in order and starts it again; runs at work go on, or are taken up at the next start.',
    z.object({}),
    z.object({}),
  ),
  'host.stay': command(
    'POST /host/stay',
    'Takes back a quit that waits for running work.',
    z.object({}),
    z.object({ leaving: z.boolean() }),
  ),
  'host.begin': command(
    'POST /host/begin',
    'Ends a careful start: from now on runs are claimed and work is looked for.',
    z.object({}),
    hostStateSchema,
  ),
  'host.open': command(
    'POST /host/open',
    'Shows the dashboard window at an address inside it.',
    z.object({ route: routeSchema }),
    z.object({}),
  ),
  'host.quick': command(
    'POST /host/quick',
    'Shows or hides the quick window.',
    z.object({ shown: z.boolean() }),
    z.object({}),
  ),
  'host.fitQuick': command(
    'POST /host/fit-quick',
    'Makes the quick window as high as what it shows, in pixels; the desktop app keeps it between its least and its most, and where it stands.',
    z.object({ height: z.int().min(1).max(10_000) }),
    z.object({}),
  ),
};

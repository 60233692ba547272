import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { electronBinary, launchElectron } from '../../fakes/desktop/launch-electron.ts';
import { launchStandIn, type Desktop } from '../../fakes/desktop/launch.ts';
import { startDesktopSession, type DesktopSession } from '../../fakes/desktop/session.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

interface Launch {
  folder: string;
  busAddress?: string;
  words?: string[];
  env?: Record<string, string>;
}

const binary = electronBinary(root);
const required = process.env['HOMER_REQUIRE_ELECTRON'] === '1';
const hosts: { name: string; launch: (options: Launch) => Promise<Desktop>; missing?: string }[] = [
  { name: 'the stand-in', launch: launchStandIn },
  {
    name: 'Electron',
    launch: (options) => launchElectron({ ...options, binary: binary ?? 'no Electron binary' }),
    ...(binary === undefined
      ? {
          missing:
            'No Electron binary is installed; `npx install-electron` fetches one, or set ELECTRON_BIN.',
        }
      : {}),
  },
];

/** What a test on a desktop gets; the folder is new for each test, the session serves all tests of a file. */
export interface DesktopFixture {
  readonly folder: () => string;
  readonly session: () => DesktopSession;
  /** Starts Homer on this test's folder; it is killed after the test if it has not ended. */
  readonly start: (more?: Partial<Launch>) => Promise<Desktop>;
}

/** Declares the same tests once for the stand-in and once for the real Electron, which is skipped by name where it is missing. */
export function onDesktop(subject: string, declare: (fixture: DesktopFixture) => void): void {
  let folder = '';
  let session: DesktopSession | undefined;
  const running: Desktop[] = [];

  // The windows belong to Homer's process, which ends before the recorder would look at them.
  test.use({ trace: 'off', screenshot: 'off' });

  for (const host of hosts)
    test.describe(`${subject}, on ${host.name}`, () => {
      test.skip(host.missing !== undefined && !required, host.missing ?? '');
      const place = { session: '' };

      test.beforeAll(async () => {
        expect(host.missing, 'HOMER_REQUIRE_ELECTRON=1 wants the real Electron').toBeUndefined();
        place.session = mkdtempSync(path.join(tmpdir(), 'homer-session-'));
        session = await startDesktopSession(place.session);
      });
      test.beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'homer-desktop-'));
      });
      test.afterEach(async () => {
        for (const desktop of running.splice(0)) {
          desktop.signal('SIGKILL');
          await desktop.ended;
        }
        await session?.clear();
        rmSync(folder, { recursive: true, force: true });
      });
      test.afterAll(async () => {
        await session?.end();
        session = undefined;
        if (place.session !== '') rmSync(place.session, { recursive: true, force: true });
      });

      declare({
        folder: () => folder,
        session: () => {
          if (!session) throw new Error('The desktop session is not there.');
          return session;
        },
        async start(more = {}) {
          const desktop = await host.launch({
            folder,
            ...(session ? { busAddress: session.busAddress } : {}),
            ...more,
          });
          running.push(desktop);
          return desktop;
        },
      });
    });
}

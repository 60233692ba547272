import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import type { ShownCap } from '../../preload/contract/shown-cap.ts';
import type { Glance } from './glance.ts';
import { trayTemplate, type TrayActions } from './tray-menu.ts';

const opened: (string | undefined)[] = [];
const actions = { open: (route?: string) => void opened.push(route) } as Partial<TrayActions> as TrayActions;
const glance = (cap: ShownCap | null): Glance =>
  ({
    overview: { heldAll: false, needsYou: 0, running: 0, queued: 0, problems: [] },
    host: { leaving: false, careful: false, launchAtLogin: { state: null } },
    inbox: [],
    inboxTotal: 0,
    active: [],
    next: undefined,
    cap,
  }) as unknown as Glance;

it('says what today cost of its cap, and leads to the accounts; says nothing without a cap', () => {
  const cap = { words: '$4.10 of $5.00', name: 'web', share: 0.82, state: 'near' } as const;
  const item = trayTemplate(glance(cap), 0, actions).find(({ label }) => label?.startsWith('Today'));
  expect(item?.label).toBe('Today $4.10 of $5.00 for web, nearly spent');
  item?.click?.({} as never, undefined, {});
  expect(opened).toEqual(['/accounts']);
  expect(trayTemplate(glance(null), 0, actions).some(({ label }) => label?.startsWith('Today'))).toBe(false);
});

it('lets a plan be started from the menu, and only opened when it has to be looked at first', () => {
  const labels = (openFirst: boolean): (string | undefined)[] => {
    const item = {
      key: 'proposal:1',
      ref: 'P-1',
      title: 'Cache',
      kind: 'plan',
      entity: 'proposal',
      entityId: '1',
      openFirst,
    };
    const shown = { ...glance(null), inbox: [item], inboxTotal: 1 } as unknown as Glance;
    const row = trayTemplate(shown, 0, actions).find(({ label }) => label?.endsWith('Cache'));
    return (row?.submenu as { label?: string }[]).map(({ label }) => label);
  };
  expect(labels(false)).toContain('Execute');
  expect(labels(true)).not.toContain('Execute');
  expect(labels(true)).toContain('Open');
  expect(labels(false)).toEqual(['Execute', 'Reject…', 'Suggest…', 'Open']);
});

it('opens a plan at the field for the reason, where a menu has no room for one', () => {
  const item = {
    ref: 'P-1',
    title: 'Cache',
    kind: 'plan',
    entity: 'proposal',
    entityId: '1',
    openFirst: false,
  };
  const shown = { ...glance(null), inbox: [item], inboxTotal: 1 } as unknown as Glance;
  const row = trayTemplate(shown, 0, actions).find(({ label }) => label?.endsWith('Cache'));
  const reject = (row?.submenu as MenuItemConstructorOptions[]).find(({ label }) => label === 'Reject…');
  reject?.click?.({} as never, undefined, {});
  expect(opened.at(-1)).toBe('/proposal/1?say=reject');
});

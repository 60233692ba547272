import type { MenuItemConstructorOptions } from 'electron';
import type { InboxItem } from '../../preload/contract/worker.ts';
import { decisionsOn, routeOf, type Choice } from '../../preload/contract/choices.ts';
import type { ActiveRun, Glance } from './glance.ts';
import type { LoginState } from './autostart-file.ts';
import { statusLine } from './tray-state.ts';

export interface TrayActions {
  decide(item: InboxItem, choice: Choice): void;
  stop(run: ActiveRun): void;
  hold(held: boolean): void;
  open(route?: string): void;
  setLaunchAtLogin(on: boolean): void;
  quit(): void;
}

const MOST_ITEMS = 8;
const MOST_RUNS = 5;

/** The whole menu for one glance; made anew on each change, since Linux shows nothing else. */
export function trayTemplate(
  glance: Glance | undefined,
  login: LoginState,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const held = glance?.overview.heldAll ?? false;
  return [
    { label: statusLine(glance), enabled: false },
    { type: 'separator' },
    ...waiting(glance, actions),
    ...running(glance, actions),
    {
      label: held ? 'Resume' : 'Pause everything',
      enabled: glance !== undefined,
      click: () => {
        actions.hold(!held);
      },
    },
    {
      label: 'New run…',
      click: () => {
        actions.open('/runs?new=run');
      },
    },
    {
      label: 'Open dashboard',
      click: () => {
        actions.open();
      },
    },
    { type: 'separator' },
    {
      label: login === 'needs_approval' ? 'Launch at login (allow it in System Settings)' : 'Launch at login',
      type: 'checkbox',
      checked: login !== 'off',
      click: () => {
        actions.setLaunchAtLogin(login === 'off');
      },
    },
    {
      label: 'Quit',
      click: () => {
        actions.quit();
      },
    },
  ];
}

function waiting(glance: Glance | undefined, actions: TrayActions): MenuItemConstructorOptions[] {
  if (!glance || glance.inbox.length === 0) return [];
  const shown = glance.inbox.slice(0, MOST_ITEMS);
  const more = glance.inboxTotal - shown.length;
  return [
    { label: 'Needs you', enabled: false },
    ...shown.map((item): MenuItemConstructorOptions => {
      const open = {
        label: 'Open',
        click: () => {
          actions.open(routeOf(item));
        },
      };
      const choices = decisionsOn(item).map((choice) => ({
        label: choice.label,
        click: () => {
          actions.decide(item, choice);
        },
      }));
      return { label: plain(`${item.ref}  ${item.title}`), submenu: [...choices, open] };
    }),
    ...(more > 0
      ? [
          {
            label: `${more} more…`,
            click: () => {
              actions.open('/inbox');
            },
          },
        ]
      : []),
    { type: 'separator' },
  ];
}

function running(glance: Glance | undefined, actions: TrayActions): MenuItemConstructorOptions[] {
  const runs = (glance?.active ?? []).filter((run) => ['running', 'validating'].includes(run.status));
  if (runs.length === 0) return [];
  return [
    { label: 'Running', enabled: false },
    ...runs.slice(0, MOST_RUNS).map((run): MenuItemConstructorOptions => ({
      label: plain(`#${run.number}  ${run.name}`),
      submenu: [
        {
          label: 'Stop',
          click: () => {
            actions.stop(run);
          },
        },
        {
          label: 'Open',
          click: () => {
            actions.open(`/run/${run.id}`);
          },
        },
      ],
    })),
    { type: 'separator' },
  ];
}

/** Titles come from issues and code: one line, short, and `&` doubled, which menus would take for an access key. */
function plain(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const short = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  return short.replaceAll('&', '&&');
}

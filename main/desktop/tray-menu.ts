import type { MenuItemConstructorOptions } from 'electron';
import { decisionsOn, routeFor, routeOf, type Choice } from '../../preload/contract/choices.ts';
import type { QuitHow } from '../../preload/contract/host.ts';
import type { InboxItem } from '../../preload/contract/worker.ts';
import type { ActiveRun, Glance } from './glance.ts';
import { nextWords } from './next-words.ts';
import { statusLine } from './tray-state.ts';

export interface TrayActions {
  decide(item: InboxItem, choice: Choice): void;
  stop(run: ActiveRun): void;
  hold(held: boolean): void;
  begin(): void;
  open(route?: string): void;
  quick(): void;
  setLaunchAtLogin(on: boolean): void;
  leave(how: QuitHow): void;
  stay(): void;
  quit(): void;
}

type Items = MenuItemConstructorOptions[];

const MOST_ITEMS = 8;
const MOST_RUNS = 5;
const line: MenuItemConstructorOptions = { type: 'separator' };

/** The whole menu for one glance; made anew on each change, since Linux shows nothing else. */
export function trayTemplate(glance: Glance | undefined, now: number, actions: TrayActions): Items {
  const held = glance?.overview.heldAll ?? false;
  return [
    { label: plain(statusLine(glance)), enabled: false },
    ...leaving(glance, actions),
    ...careful(glance, actions),
    ...spent(glance, actions),
    line,
    ...waiting(glance, actions),
    ...running(glance, actions),
    ...next(glance, now, actions),
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
      label: 'Briefing',
      click: () => {
        actions.open('/briefings');
      },
    },
    {
      label: 'Quick window',
      click: () => {
        actions.quick();
      },
    },
    {
      label: 'Open dashboard',
      click: () => {
        actions.open();
      },
    },
    line,
    ...login(glance, actions),
    {
      label: 'Quit',
      click: () => {
        actions.quit();
      },
    },
  ];
}

function leaving(glance: Glance | undefined, actions: TrayActions): Items {
  if (!glance?.host.leaving) return [];
  const them = glance.overview.running === 1 ? 'it' : 'them';
  return [
    {
      label: `Stop ${them} and quit now`,
      click: () => {
        actions.leave('stop');
      },
    },
    {
      label: `Pause ${them} and quit now`,
      click: () => {
        actions.leave('pause');
      },
    },
    {
      label: 'Do not quit',
      click: () => {
        actions.stay();
      },
    },
  ];
}

function careful(glance: Glance | undefined, actions: TrayActions): Items {
  if (!glance?.host.careful) return [];
  return [
    {
      label: 'Go on as usual',
      click: () => {
        actions.begin();
      },
    },
  ];
}

function spent(glance: Glance | undefined, actions: TrayActions): Items {
  const cap = glance?.cap;
  if (!cap) return [];
  const whose = cap.name === '' ? '' : ` for ${cap.name}`;
  return [
    {
      label: plain(
        `Today ${cap.words}${whose}${{ fine: '', near: ', nearly spent', spent: ', spent' }[cap.state]}`,
      ),
      click: () => {
        actions.open('/accounts');
      },
    },
  ];
}

function waiting(glance: Glance | undefined, actions: TrayActions): Items {
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
        label: choice.effect === 'words' ? `${choice.label}…` : choice.label,
        click: () => {
          if (choice.effect === 'words') actions.open(routeFor(item, choice));
          else actions.decide(item, choice);
        },
      }));
      return { label: plain(`${item.ref}  ${item.title}`), submenu: [...choices, open] };
    }),
    ...(more > 0
      ? [
          {
            label: `${String(more)} more…`,
            click: () => {
              actions.open('/inbox');
            },
          },
        ]
      : []),
    line,
  ];
}

function running(glance: Glance | undefined, actions: TrayActions): Items {
  const runs = (glance?.active ?? []).filter((run) => ['running', 'validating'].includes(run.status));
  if (runs.length === 0) return [];
  return [
    { label: 'Running', enabled: false },
    ...runs.slice(0, MOST_RUNS).map((run): MenuItemConstructorOptions => ({
      label: plain(`#${String(run.number)}  ${run.name}`),
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
    line,
  ];
}

function next(glance: Glance | undefined, now: number, actions: TrayActions): Items {
  const due = glance?.next;
  if (!due) return [];
  return [
    {
      label: plain(`Next ${nextWords(Date.parse(due.at), now)}: ${due.name}`),
      click: () => {
        actions.open(`/schedule/${due.intentId}`);
      },
    },
    line,
  ];
}

function login(glance: Glance | undefined, actions: TrayActions): Items {
  const state = glance?.host.launchAtLogin.state ?? null;
  if (state === null) return [];
  return [
    {
      label: state === 'needs_approval' ? 'Launch at login (allow it in System Settings)' : 'Launch at login',
      type: 'checkbox',
      checked: state !== 'off',
      click: () => {
        actions.setLaunchAtLogin(state === 'off');
      },
    },
  ];
}

/** Titles come from issues and code: one line, short, and `&` doubled, which menus would take for an access key. */
function plain(text: string): string {
  const whole = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const short = whole.length > 60 ? `${whole.slice(0, 59)}…` : whole;
  return short.replaceAll('&', '&&');
}

import { EventEmitter } from 'node:events';

/** A menu as its template says it; `click` in a test is a click by a person. */
export class Menu {
  static application: Menu | null = null;
  readonly template: readonly Electron.MenuItemConstructorOptions[];
  constructor(template: readonly Electron.MenuItemConstructorOptions[] = []) {
    this.template = template;
  }
  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Electron.Menu {
    return new Menu(template) as unknown as Electron.Menu;
  }
  static setApplicationMenu(menu: Electron.Menu | null): void {
    Menu.application = menu as unknown as Menu | null;
  }
}
export const checkedMenu = Menu satisfies Pick<
  typeof Electron.Menu,
  'buildFromTemplate' | 'setApplicationMenu'
>;

export interface ShownItem {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly items: readonly ShownItem[];
}

export const trays = new Set<Tray>();

export class Tray extends EventEmitter {
  image: string;
  toolTip = '';
  title = '';
  menu: Menu | undefined;
  constructor(image: string | Electron.NativeImage) {
    super();
    this.image = nameOf(image);
    trays.add(this);
  }
  setImage(image: string | Electron.NativeImage): void {
    this.image = nameOf(image);
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setTitle(text: string): void {
    this.title = text;
  }
  setContextMenu(menu: Electron.Menu | null): void {
    this.menu = (menu as unknown as Menu | null) ?? undefined;
  }
  destroy(): void {
    trays.delete(this);
  }
  /** What a platform whose plain press does something else shows on the other press. */
  popUpContextMenu(menu?: Electron.Menu): void {
    if (menu) this.menu = menu as unknown as Menu;
  }
  shown(): ShownItem[] {
    return (this.menu?.template ?? []).map(shownItem);
  }
  /** Clicks the item that a row of labels leads to; throws when it is not there or greyed out. */
  click(labels: readonly string[]): void {
    let level = this.menu?.template ?? [];
    let found: Electron.MenuItemConstructorOptions | undefined;
    for (const label of labels) {
      found = level.find((item) => item.label === label || (item.label ?? '').endsWith(label));
      if (!found || found.enabled === false) throw new Error(`The menu has no item ${labels.join(' > ')}.`);
      level = Array.isArray(found.submenu) ? found.submenu : [];
    }
    found?.click?.(found as unknown as Electron.MenuItem, undefined, {});
  }
}
export const checkedTray = Tray satisfies new (
  image: string | Electron.NativeImage,
) => Pick<
  Electron.Tray,
  'setImage' | 'setToolTip' | 'setTitle' | 'setContextMenu' | 'popUpContextMenu' | 'destroy'
>;

function shownItem(item: Electron.MenuItemConstructorOptions): ShownItem {
  return {
    label: item.label ?? '',
    type: item.type ?? (item.submenu ? 'submenu' : 'normal'),
    enabled: item.enabled ?? true,
    checked: item.checked ?? false,
    items: Array.isArray(item.submenu) ? item.submenu.map(shownItem) : [],
  };
}

function nameOf(image: string | Electron.NativeImage): string {
  return typeof image === 'string' ? image : (image as unknown as { path: string }).path;
}

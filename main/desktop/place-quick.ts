import type { Area } from './window-state.ts';

/** Its height is the most it has; it is as high as what it shows. */
export const quickSize = { width: 420, height: 560 };
export const leastHeight = 160;
const gap = 8;

/**
 * Where the quick window stands: centred on the tray icon, on that side of it where the room is, and wholly within the screen. Without a
 * known icon, in the corner nearest to `pointer`; without that, where most panels have their tray: at the top on the right.
 */
export function placeQuick(
  screen: Area,
  icon: Area | undefined,
  pointer: { x: number; y: number } | undefined,
  wanted = quickSize.height,
): Area {
  const width = Math.min(quickSize.width, screen.width);
  const height = Math.min(wanted, screen.height);
  const right = screen.x + screen.width - width;
  const bottom = screen.y + screen.height - height;
  const within = (value: number, least: number, most: number): number =>
    Math.round(Math.max(least, Math.min(most, value)));

  if (icon && icon.width > 0) {
    const below = icon.y + icon.height / 2 < screen.y + screen.height / 2;
    return {
      x: within(icon.x + icon.width / 2 - width / 2, screen.x, right),
      y: within(below ? icon.y + icon.height + gap : icon.y - height - gap, screen.y, bottom),
      width,
      height,
    };
  }
  const toLeft = pointer !== undefined && pointer.x < screen.x + screen.width / 2;
  const toBottom = pointer !== undefined && pointer.y > screen.y + screen.height / 2;
  return {
    x: within(toLeft ? screen.x + gap : right - gap, screen.x, right),
    y: within(toBottom ? bottom - gap : screen.y + gap, screen.y, bottom),
    width,
    height,
  };
}

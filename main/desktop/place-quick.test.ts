import { expect, test } from 'vitest';
import { placeQuick } from './place-quick.ts';

const screen = { x: 0, y: 24, width: 1440, height: 876 };

test('hangs below an icon in a bar at the top, centred on it', () => {
  expect(placeQuick(screen, { x: 1000, y: 0, width: 24, height: 24 }, undefined)).toMatchObject({
    x: 802,
    y: 32,
  });
});

test('stands above an icon in a bar at the bottom', () => {
  const place = placeQuick(screen, { x: 700, y: 900, width: 24, height: 24 }, undefined);
  expect(place.y + place.height).toBeLessThanOrEqual(900 - 8);
});

test('is as high as it is asked to be, and grows away from its icon', () => {
  const top = { x: 1000, y: 0, width: 24, height: 24 };
  expect(placeQuick(screen, top, undefined, 300)).toMatchObject({ y: 32, height: 300 });
  const foot = { x: 700, y: 900, width: 24, height: 24 };
  const [low, high] = [300, 560].map((height) => placeQuick(screen, foot, undefined, height));
  expect(low).toMatchObject({ height: 300 });
  expect((low?.y ?? 0) + 300).toBe((high?.y ?? 0) + 560);
});

test('stays on the screen beside an icon at its edge', () => {
  expect(placeQuick(screen, { x: 1420, y: 0, width: 20, height: 24 }, undefined).x).toBe(1440 - 420);
});

test('without an icon goes to the corner of the pointer, and to the top right without either', () => {
  expect(placeQuick(screen, undefined, { x: 30, y: 890 })).toMatchObject({ x: 8, y: 900 - 560 - 8 });
  expect(placeQuick(screen, { x: 0, y: 0, width: 0, height: 0 }, undefined)).toMatchObject({
    x: 1440 - 420 - 8,
    y: 32,
  });
});

test('shrinks to a screen that is smaller than itself', () => {
  const small = { x: 0, y: 0, width: 320, height: 400 };
  expect(placeQuick(small, undefined, undefined)).toEqual(small);
});

test('follows the icon to a second screen on the left', () => {
  const left = { x: -1280, y: 0, width: 1280, height: 1024 };
  expect(placeQuick(left, { x: -60, y: 0, width: 24, height: 24 }, undefined)).toMatchObject({
    x: -420,
    y: 32,
  });
});

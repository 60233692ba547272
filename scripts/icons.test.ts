import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { appSizes, iconDigests } from './icon-digests.ts';
import { trayStates } from './tray-shapes.ts';

const root = path.join(import.meta.dirname, '..');
const read = (name: string): Buffer => readFileSync(path.join(root, 'resources', name));
const edges = (png: Buffer): number[] => {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

it('has icons that were drawn from what they are drawn from now: node scripts/make-icons.mjs', () => {
  const drawn = JSON.parse(read('icons/source/drawn.json').toString()) as Record<string, string>;
  expect(iconDigests(root)).toEqual(drawn);
});

it('has the app’s icon in every size, and the Mac’s and Windows’ containers of them', () => {
  for (const size of appSizes) expect(edges(read(`icons/${String(size)}.png`))).toEqual([size, size]);
  const icns = read('icons/app.icns');
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  const kinds: string[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    kinds.push(icns.toString('latin1', at, at + 4));
    edges(icns.subarray(at + 8));
  }
  expect(kinds).toEqual(expect.arrayContaining(['icp4', 'ic07', 'ic08', 'ic09', 'ic10']));
  const ico = read('icons/app.ico');
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([1, 7]);
});

it('has a tray icon of each state, for the Mac’s menu bar and for dark and light panels', () => {
  for (const state of trayStates)
    for (const name of [`${state}Template`, `${state}-on-dark`, `${state}-on-light`]) {
      expect(edges(read(`tray/${name}.png`))).toEqual([16, 16]);
      expect(edges(read(`tray/${name}@2x.png`))).toEqual([32, 32]);
    }
});

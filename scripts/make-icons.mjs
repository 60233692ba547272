// Draws every icon from its source: resources/icons/source/app.svg and scripts/tray-shapes.ts. Run after changing either;
// what it writes is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { appSizes, iconDigests } from './icon-digests.ts';
import { trayGlyph, trayStates } from './tray-shapes.ts';

const root = path.join(import.meta.dirname, '..');
const resources = path.join(root, 'resources');
for (const folder of ['icons', 'tray']) mkdirSync(path.join(resources, folder), { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.HOMER_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
});
try {
  const page = await browser.newPage();
  const draw = async (svg, size) => {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } });
  };
  const write = (name, bytes) => writeFileSync(path.join(resources, name), bytes);

  const app = readFileSync(path.join(resources, 'icons', 'source', 'app.svg'), 'utf8');
  const drawn = new Map();
  for (const size of appSizes) {
    drawn.set(size, await draw(app, size));
    write(`icons/${size}.png`, drawn.get(size));
  }
  const some = (sizes) => sizes.map((size) => ({ size, png: drawn.get(size) }));
  write('icons/app.ico', ico(some([16, 24, 32, 48, 64, 128, 256])));
  write('icons/app.icns', icns(drawn));

  for (const state of trayStates) {
    const template = trayGlyph(state, '#000');
    write(`tray/${state}Template.png`, await draw(template, 16));
    write(`tray/${state}Template@2x.png`, await draw(template, 32));
    // Named for the panel they lie on: a light glyph goes on a dark panel.
    for (const [on, ink] of [
      ['dark', '#f2f2f4'],
      ['light', '#1d1d22'],
    ]) {
      const glyph = trayGlyph(state, ink);
      const [small, large] = [await draw(glyph, 16), await draw(glyph, 32)];
      write(`tray/${state}-on-${on}.png`, small);
      write(`tray/${state}-on-${on}@2x.png`, large);
      write(
        `tray/${state}-on-${on}.ico`,
        ico([
          { size: 16, png: small },
          { size: 32, png: large },
        ]),
      );
    }
  }
} finally {
  await browser.close();
}
writeFileSync(
  path.join(resources, 'icons', 'source', 'drawn.json'),
  `${JSON.stringify(iconDigests(root), null, 2)}\n`,
);

/** An .icns file: the Mac's container of PNGs, each under the name of its size and density. */
function icns(drawn) {
  const kinds = {
    icp4: 16,
    icp5: 32,
    icp6: 64,
    ic07: 128,
    ic08: 256,
    ic09: 512,
    ic10: 1024,
    ic11: 32,
    ic12: 64,
    ic13: 256,
    ic14: 512,
  };
  const parts = Object.entries(kinds).map(([kind, size]) => part(kind, drawn.get(size)));
  return part('icns', Buffer.concat(parts));
}

function part(kind, bytes) {
  const head = Buffer.alloc(8);
  head.write(kind, 'latin1');
  head.writeUInt32BE(bytes.length + 8, 4);
  return Buffer.concat([head, bytes]);
}

/** An .ico file whose images are PNGs, which Windows has read since Vista. */
function ico(images) {
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = 6 + 16 * images.length;
  const entries = images.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size === 256 ? 0 : size, 0);
    entry.writeUInt8(size === 256 ? 0 : size, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...images.map(({ png }) => png)]);
}

// Draws every icon from its source: resources/icons/source/app.svg and scripts/tray-shapes.mjs. Run after changing either;
// what it writes is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { trayGlyph, trayStates } from './tray-shapes.mjs';

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
  for (const size of [512, 1024]) write(`icons/${size}.png`, await draw(app, size));
  const forIco = [];
  for (const size of [16, 24, 32, 48, 64, 128, 256]) forIco.push({ size, png: await draw(app, size) });
  write('icons/app.ico', ico(forIco));

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

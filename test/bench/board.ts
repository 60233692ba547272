import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.ts';
import { figure, type Figure } from './figure.ts';
import { scratch, seed, serveHost } from './host.ts';

const TIMES = 3;

/** A page that does the least a virtual list must: fixed rows, only those in sight. The board is measured beside it. */
const BARE_PAGE = `<!doctype html><meta charset=utf-8><style>body{margin:0;font:13px sans-serif}#s{height:100vh;overflow:auto}#i{position:relative}.r{position:absolute;left:0;width:264px;height:80px;border:1px solid #ccc}</style>
<div id=s data-bench-scroller><div id=i></div></div><script>
fetch('/rows').then(r=>r.json()).then(rows=>{const s=document.getElementById('s'),i=document.getElementById('i'),H=88;i.style.height=rows.length*H+'px';
function draw(){const a=Math.max(0,Math.floor(s.scrollTop/H)-4),b=Math.min(rows.length,a+Math.ceil(s.clientHeight/H)+8);i.replaceChildren(...rows.slice(a,b).map((t,k)=>{const d=document.createElement('div');d.className='r';d.style.top=(a+k)*H+'px';d.textContent=t;return d}))}
s.onscroll=()=>requestAnimationFrame(draw);draw();document.body.dataset.ready='1'});</script>`;

/** The board with 1,000 proposals in a real browser on the real host: first cards, scrolling, and dragging a card across the columns. */
export async function benchBoard(): Promise<Figure[]> {
  const place = scratch('board');
  await seed(place.folder, 1_000);
  const host = await serveHost(place.folder);
  const bare = createServer((request, response) => {
    if (request.url === '/rows')
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(Array.from({ length: 1_000 }, (_row, index) => `Row ${String(index)}`)));
    else response.setHeader('content-type', 'text/html').end(BARE_PAGE);
  });
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  const bareUrl = `http://127.0.0.1:${String((bare.address() as AddressInfo).port)}/`;
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const signIn = await context.newPage();
  await signIn.goto(host.url);
  await signIn.close();
  const board = new URL('/#/board', host.url).href;

  const paints: number[] = [];
  const barePaints: number[] = [];
  const slow = { scroll: [] as number[], bare: [] as number[], drag: [] as number[] };
  for (let time = 0; time <= TIMES; time += 1) {
    const page = await context.newPage();
    let began = performance.now();
    await page.goto(board);
    await page.locator('[data-card]').first().waitFor();
    const paint = performance.now() - began;
    const scrolled = await scrollFrames(page, '[data-column="idea"] [data-scroller]');
    const dragged = await dragFrames(page);
    await page.close();
    const plain = await context.newPage();
    began = performance.now();
    await plain.goto(bareUrl);
    await plain.locator('[data-ready]').waitFor();
    const barePaint = performance.now() - began;
    const bareScrolled = await scrollFrames(plain, '[data-bench-scroller]');
    await plain.close();
    if (time === 0) continue;
    paints.push(paint);
    barePaints.push(barePaint);
    slow.scroll.push(scrolled);
    slow.bare.push(bareScrolled);
    slow.drag.push(dragged);
  }
  await browser.close();
  bare.close();
  await host.stop();
  place.remove();
  return [
    figure({
      name: 'board with 1,000 proposals, navigation to first card',
      unit: 'ms',
      values: paints,
      baselines: barePaints,
      against: 'bare virtual list of 1,000 rows',
      goal: 'at most 2x',
      met: (value, baseline) => value <= 2 * baseline,
      note: 'the whole application starts with it: scripts, first queries, live stream',
    }),
    figure({
      name: 'board with 1,000 proposals, frames over 32 ms while scrolling',
      unit: 'frames',
      values: slow.scroll,
      baselines: slow.bare,
      against: 'bare virtual list of 1,000 rows',
      goal: 'none',
      met: (value) => value === 0,
    }),
    figure({
      name: 'board with 1,000 proposals, frames over 32 ms while dragging',
      unit: 'frames',
      values: slow.drag,
      baselines: slow.bare,
      against: 'bare virtual list of 1,000 rows, scrolling',
      goal: 'none',
      met: (value) => value === 0,
    }),
  ];
}

/** Scrolls to the end and back in small steps, one each frame; gives how many frames took longer than 32 ms. */
async function scrollFrames(page: Page, selector: string): Promise<number> {
  await page.waitForTimeout(300);
  return page
    .locator(selector)
    .first()
    .evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          let slow = 0;
          let last = performance.now();
          let step = 0;
          const steps = 180;
          const frame = (now: number): void => {
            if (now - last > 32 && step > 1) slow += 1;
            last = now;
            step += 1;
            const way = step <= steps / 2 ? step : steps - step;
            element.scrollTop = ((element.scrollHeight - element.clientHeight) * way) / (steps / 2);
            if (step < steps) requestAnimationFrame(frame);
            else resolve(slow);
          };
          requestAnimationFrame(frame);
        }),
    );
}

/** Drags the first idea over every column, without letting go; gives how many frames took longer than 32 ms. */
async function dragFrames(page: Page): Promise<number> {
  const card = page.locator('[data-column="idea"] [data-card]').first();
  const box = await card.boundingBox();
  if (!box) throw new Error('there is no card to drag');
  await page.evaluate(() => {
    const state = { slow: 0, last: performance.now(), on: true };
    (window as unknown as { benchFrames: typeof state }).benchFrames = state;
    const frame = (now: number): void => {
      if (now - state.last > 32) state.slow += 1;
      state.last = now;
      if (state.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.mouse.move(box.x + 40, box.y + 20);
  await page.mouse.down();
  for (let step = 0; step <= 60; step += 1)
    await page.mouse.move(box.x + 40 + step * 16, box.y + 20 + Math.sin(step / 4) * 60);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return page.evaluate(() => {
    const { benchFrames } = window as unknown as { benchFrames: { slow: number; on: boolean } };
    benchFrames.on = false;
    return benchFrames.slow;
  });
}

import { chromium, type Browser, type BrowserContext } from '@playwright/test';

let started: Promise<{ browser: Browser; context: BrowserContext }> | undefined;

/** One Chromium for all windows, started with the first. Tests join it at `HOMER_STAND_IN_CDP_PORT`. */
export function browserContext(): Promise<BrowserContext> {
  started ??= start();
  return started.then(({ context }) => context);
}

async function start(): Promise<{ browser: Browser; context: BrowserContext }> {
  const port = process.env['HOMER_STAND_IN_CDP_PORT'];
  const browser = await chromium.launch({
    executablePath: process.env['HOMER_CHROMIUM'] ?? '/usr/bin/chromium',
    headless: process.env['HOMER_STAND_IN_HEADED'] !== '1',
    // The stand-in's process decides when to end, as Electron's would.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--no-first-run',
      ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
    ],
  });
  const context = await browser.newContext({ viewport: null });
  return { browser, context };
}

export async function closeBrowser(): Promise<void> {
  if (started) await (await started).browser.close();
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, Rollup } from 'vite';

const address = './first.js';
const unfilled = 'const parts = {};';

/**
 * The script that runs before every other. It is told which files each view is made of, so that they are read in one go; and it is named by
 * its content and kept for ever, so that no start waits until the host was asked whether this one is still the same.
 */
export function keepFirstScript(root: string): Plugin {
  const source = readFileSync(path.join(root, 'public', address), 'utf8');
  return {
    name: 'keep-first-script',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset' || !String(page.source).includes(address) || !source.includes(unfilled))
          throw new Error(`index.html does not load ${address}, or that has no room for the parts`);
        const filled = source.replace(unfilled, `const parts = ${JSON.stringify(partsOf(bundle))};`);
        const digest = createHash('sha256').update(filled).digest('base64url').slice(0, 8);
        const fileName = `assets/first-${digest}.js`;
        this.emitFile({ type: 'asset', fileName, source: filled });
        page.source = String(page.source).replace(address, `./${fileName}`);
      },
    },
  };
}

/** By the first word of an address: what its view reads besides what the page names. `shell` is what every view but the quick one reads. */
export function partsOf(bundle: Rollup.OutputBundle): Record<string, string[]> {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const withImports = (chunk: Rollup.OutputChunk): ReadonlySet<string> => {
    const found = new Set([chunk.fileName]);
    for (const name of found) for (const next of byName.get(name)?.imports ?? []) found.add(next);
    return found;
  };
  const named = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap((entry) => [...withImports(entry)]));
  const parts: Record<string, string[]> = {};
  for (const chunk of chunks) {
    const view = /\/app\/dashboard\.tsx$|\/features\/[\w-]+\/([\w-]+)-view\.tsx$/u.exec(
      chunk.facadeModuleId ?? '',
    );
    if (!view) continue;
    const name = view[1] === undefined ? 'shell' : view[1] === 'briefing' ? 'briefings' : view[1];
    parts[name] = [...withImports(chunk)].filter((file) => !named.has(file)).map((file) => `./${file}`);
  }
  const { shell = [] } = parts;
  for (const [name, files] of Object.entries(parts))
    if (name !== 'shell') parts[name] = files.filter((file) => !shell.includes(file));
  return parts;
}

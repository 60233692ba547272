import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/**
 * Files that are named by their content are kept for ever, so that no start waits until the host was asked whether this one is still the
 * same: nothing else of the page may run before it.
 */
export function keepFirstScript(root: string): Plugin {
  const address = './no-eval.js';
  const source = readFileSync(path.join(root, 'public', address), 'utf8');
  const digest = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  const fileName = `assets/no-eval-${digest}.js`;
  return {
    name: 'keep-first-script',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source });
    },
    transformIndexHtml(html) {
      if (!html.includes(address)) throw new Error(`index.html does not load ${address}`);
      return html.replace(address, `./${fileName}`);
    },
  };
}

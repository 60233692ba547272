import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { calledAtOnce } from '../scripts/called-at-once.ts';
import { keepFirstScript } from '../scripts/first-script.ts';
import { pureRooms } from '../scripts/pure-rooms.ts';
import { nameShipped } from '../scripts/shipped-plugin.ts';
import { startGroups } from '../scripts/start-groups.ts';

const here = import.meta.dirname;
const out = `${here}/../out`;

/** The hosts send this as a header too; in the page it holds however the page is opened. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

// eslint-disable-next-line no-restricted-exports -- the tool reads the default export
export default defineConfig({
  root: here,
  base: './',
  cacheDir: `${out}/.vite`,
  plugins: [
    react(),
    tailwindcss(),
    contentSecurityPolicy(),
    pureRooms(path.join(here, '..')),
    keepFirstScript(here),
    calledAtOnce(),
    nameShipped(`${out}/shipped`, 'renderer'),
  ],
  worker: { format: 'es', plugins: () => [nameShipped(`${out}/shipped`, 'worker')] },
  server: { host: '127.0.0.1' },
  build: {
    outDir: `${out}/renderer`,
    emptyOutDir: true,
    target: ['chrome130', 'firefox130', 'safari18'],
    sourcemap: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Only the editors of stages need schemas; the start reaches them in its sources, and uses none.
            { name: 'schemas', priority: 10, test: /node_modules[\\/]zod[\\/]/ },
            { name: 'react', priority: 9, test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            {
              name: 'controls',
              priority: 8,
              test: /node_modules[\\/](@base-ui|@floating-ui|@tanstack|lucide-react|tinykeys)[\\/]/,
            },
            ...startGroups(here),
          ],
        },
      },
    },
  },
});

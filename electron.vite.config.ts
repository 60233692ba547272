import { existsSync } from 'node:fs';
import { defineConfig } from 'electron-vite';
import { nameShipped } from './scripts/shipped-plugin.ts';

/** Both hosts are one build, so that what they share is one set of chunks. The renderer has its own, renderer/vite.config.ts. */
const entries = ['main/main.ts', 'main/homer.ts', 'main/agent-loop.ts', 'main/agent-turn.ts'].filter(
  (entry) => existsSync(entry),
);

const shipped = `${import.meta.dirname}/out/shipped`;

export default defineConfig({
  main: {
    plugins: [nameShipped(shipped, 'main')],
    // Its form for Node declares a `require` of its own, which a chunk may hold once only; what Homer takes of it needs none.
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      outDir: 'out/main',
      // Packages carry what runs and no folder of packages: all goes in but what is native, or Electron.
      externalizeDeps: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: entries,
        external: ['electron', 'better-sqlite3', 'usocket', 'x11'],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // Names and lines stay readable in a stack; what explains the types to their readers stays in the sources.
          comments: { jsdoc: false },
        },
      },
    },
  },
  preload: {
    plugins: [nameShipped(shipped, 'preload')],
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can load nothing but Electron: all in one file, and CommonJS.
      externalizeDeps: false,
      minify: false,
      rolldownOptions: {
        input: ['preload/bridge.ts'],
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});

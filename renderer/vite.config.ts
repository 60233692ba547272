import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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

export default defineConfig({
  root: here('.'),
  base: './',
  cacheDir: here('../out/.vite'),
  plugins: [react(), tailwindcss(), contentSecurityPolicy()],
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    // node_modules may be a link to an install elsewhere.
    fs: { allow: [here('..'), realpathSync(here('../node_modules'))] },
  },
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    target: ['chrome130', 'firefox130', 'safari18'],
    sourcemap: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            {
              name: 'controls',
              test: /node_modules[\\/](@base-ui|@floating-ui|@tanstack|lucide-react|tinykeys)[\\/]/,
            },
          ],
        },
      },
    },
  },
});

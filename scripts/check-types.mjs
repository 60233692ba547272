// `npm run types`: the compiler that is quick. ESLint reads types by the library of the older one, which has an API; both check the same.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve('typescript-native/package.json')), 'bin', 'tsc');
const { status, error } = spawnSync(process.execPath, [compiler, '-p', '.', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;

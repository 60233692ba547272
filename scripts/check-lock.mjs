// Says whether `npm ci` will work everywhere from this lock file.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lockProblems } from './lock-problems.ts';

const read = (name) => JSON.parse(readFileSync(resolve(import.meta.dirname, '..', name), 'utf8'));
const lock = read('package-lock.json');
const problems = lockProblems(read('package.json'), lock);
for (const problem of problems) console.error(`  ${problem}`);
console.log(`lock: ${Object.keys(lock.packages ?? {}).length} packages, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

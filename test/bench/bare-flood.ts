// `bare-flood.ts COMMAND`: reads what a command prints with nothing but a loop over chunks and newlines; prints what that cost, as JSON.
import { spawn } from 'node:child_process';

const child = spawn('/bin/sh', ['-c', process.argv[2] ?? ''], { stdio: ['ignore', 'pipe', 'ignore'] });
const began = performance.now();
let lines = 0;
let rest = '';
for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
  const parts = (rest + chunk).split('\n');
  rest = parts.pop() ?? '';
  lines += parts.length;
}
const peak = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({
    ms: Math.round(performance.now() - began),
    peakMb: Math.round(peak / 1e6),
    lines,
  }),
);

import { runAgentLoop } from './boot/run-agent-loop.ts';

await runAgentLoop(process.argv.slice(2));

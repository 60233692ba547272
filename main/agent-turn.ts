import { takeAgentTurn } from './boot/take-agent-turn.ts';

await takeAgentTurn(process.argv.slice(2));

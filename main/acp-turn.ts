import { takeAcpTurn } from './boot/take-acp-turn.ts';

await takeAcpTurn(process.argv.slice(2));

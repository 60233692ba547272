import { runCli } from './boot/cli-host.ts';

await runCli(process.argv.slice(2));

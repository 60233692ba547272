const argv = process.argv.slice(2);
// Agent programs start this for each turn: it loads next to nothing.
if (argv[0] === 'mcp' && argv.includes('--run')) {
  const { bridge } = await import('./boot/mcp-bridge.ts');
  await bridge(argv);
} else {
  const { runCli } = await import('./boot/cli-host.ts');
  await runCli(argv);
}

export {};

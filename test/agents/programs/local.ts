import { join } from 'node:path';
import { createLocalExecutor } from '../../../main/agents/local/local-executor.ts';
import { loopLaunch } from '../../../main/agents/local/loop-launch.ts';
import { createSystemClock } from '../../../main/shared/clock.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Homer's own loop: nothing is installed. */
export const program: AgentProgram = {
  name: 'local',
  package: null,
  version: 'own',
  bin: join(ROOT, 'main', 'agent-loop.ts'),
  executor: (env) =>
    createLocalExecutor({
      env,
      clock: createSystemClock(),
      settings: () => ({ baseUrl: '', model: '', contextTokens: 0 }),
      launch: () => loopLaunch(join(ROOT, 'main', 'agent-loop.ts'), env),
      sessions: join(env['HOME'] ?? '', 'conversations'),
    }),
  account: (base, home) => ({
    id: 'local-test',
    label: 'Test',
    env: { HOMER_LOCAL_BASE_URL: `${base}/v1`, HOMER_LOCAL_API_KEY: FAKE_KEY },
    home,
  }),
  model: 'model',
  skips: { budget_resumed: 'It takes no limit on cost; Homer watches over it.' },
};

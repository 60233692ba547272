import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodexExecutor } from '../../../main/agents/codex/codex-executor.ts';
import { createSystemClock } from '../../../main/shared/clock.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

const DRIVER = join(import.meta.dirname, '..', '..', '..', 'main', 'agent-turn.ts');
const MODEL = 'gpt-5.5';

export const program: AgentProgram = {
  name: 'codex',
  package: '@openai/codex',
  version: '0.169.0',
  bin: '.bin/codex',
  executor: (env) =>
    createCodexExecutor({
      env,
      clock: createSystemClock(),
      driver: () => ({ program: process.execPath, args: [DRIVER] }),
    }),
  account(base, home) {
    const config = [
      // Newer ones are given one tool that runs scripts, which the model server does not speak.
      `model = ${JSON.stringify(MODEL)}`,
      'model_provider = "test"',
      '[model_providers.test]',
      'name = "test"',
      `base_url = ${JSON.stringify(`${base}/v1`)}`,
      'env_key = "OPENAI_API_KEY"',
      'wire_api = "responses"',
    ];
    writeFileSync(join(home, 'config.toml'), config.join('\n') + '\n', { mode: 0o600 });
    return { id: 'codex-test', label: 'Test', env: { OPENAI_API_KEY: FAKE_KEY }, home };
  },
  model: MODEL,
  homeVariable: 'CODEX_HOME',
  asks: true,
  skips: {
    turn_limit: 'Codex has no limit on its calls of the model.',
    budget_resumed: 'It takes no limit on cost; Homer watches over it.',
  },
};

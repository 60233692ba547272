import { createKimiExecutor } from '../../../main/agents/kimi/kimi-executor.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

export const program: AgentProgram = {
  name: 'kimi',
  package: '@moonshot-ai/kimi-code',
  version: '2.1.0',
  bin: '.bin/kimi',
  executor: (env) => createKimiExecutor({ env }),
  account: (base, home) => ({
    id: 'kimi-test',
    label: 'Test',
    env: {
      KIMI_MODEL_NAME: 'model',
      KIMI_MODEL_API_KEY: FAKE_KEY,
      KIMI_MODEL_BASE_URL: `${base}/v1`,
      KIMI_MODEL_PROVIDER_TYPE: 'kimi',
    },
    home,
  }),
  model: null,
  skips: { budget_resumed: 'It takes no limit on cost; Homer watches over it.' },
};

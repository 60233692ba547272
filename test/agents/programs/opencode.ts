import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOpencodeExecutor } from '../../../main/agents/opencode/opencode-executor.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

export const program: AgentProgram = {
  name: 'opencode',
  package: 'opencode-ai',
  version: '1.18.33',
  bin: '.bin/opencode',
  executor: (env) => createOpencodeExecutor({ env }),
  account(base, home) {
    const config = {
      small_model: 'test/model',
      enabled_providers: ['test'],
      provider: {
        test: {
          npm: '@ai-sdk/openai-compatible',
          name: 'Test',
          options: { baseURL: `${base}/v1`, apiKey: '{env:OPENCODE_TEST_KEY}' },
          models: {
            model: {
              name: 'Model',
              tool_call: true,
              limit: { context: 128_000, output: 8_192 },
              cost: { input: 1, output: 5, cache_read: 0.1, cache_write: 1 },
            },
          },
        },
      },
    };
    const path = join(home, 'opencode.json');
    writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
    return {
      id: 'opencode-test',
      label: 'Test',
      env: { OPENCODE_CONFIG: path, OPENCODE_TEST_KEY: FAKE_KEY },
      home,
    };
  },
  model: 'test/model',
  skips: { budget_resumed: 'It takes no limit on cost; Homer watches over it.' },
};

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGeminiExecutor } from '../../../main/agents/gemini/gemini-executor.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

export const program: AgentProgram = {
  name: 'gemini',
  package: '@google/gemini-cli',
  version: '0.61.0',
  bin: '.bin/gemini',
  executor: (env) => createGeminiExecutor({ env }),
  account(base, home) {
    // Without a model of its own it asks one which model to ask.
    const settings = {
      security: { auth: { selectedType: 'gemini-api-key' } },
      model: { name: 'gemini-2.5-flash' },
    };
    mkdirSync(join(home, '.gemini'), { recursive: true });
    writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    return {
      id: 'gemini-test',
      label: 'Test',
      env: { GEMINI_API_KEY: FAKE_KEY, GOOGLE_GEMINI_BASE_URL: base },
      home,
    };
  },
  model: 'gemini-2.5-flash',
  skips: { budget_resumed: 'It takes no limit on cost; Homer watches over it.' },
};

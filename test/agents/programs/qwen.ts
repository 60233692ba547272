import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDeclaredAgents } from '../../../main/agents/declared/load-agents.ts';
import { createSilentLog } from '../../../main/shared/log.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

/** The one that has no code of its own: all of it is `main/agents/declared/qwen.json`. */
export const program: AgentProgram = {
  name: 'qwen',
  package: '@qwen-code/qwen-code',
  version: '0.24.4',
  bin: '.bin/qwen',
  executor(env) {
    const agents = loadDeclaredAgents({
      folder: join(import.meta.dirname, 'no-files-of-an-owner'),
      taken: [],
      log: createSilentLog(),
      env,
    });
    const qwen = agents.find(({ name }) => name === 'qwen');
    if (!qwen) throw new Error('no form of qwen comes with Homer');
    return qwen;
  },
  account(base, home) {
    const settings = { security: { auth: { selectedType: 'openai' } } };
    writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    return {
      id: 'qwen-test',
      label: 'Test',
      env: { OPENAI_API_KEY: FAKE_KEY, OPENAI_BASE_URL: `${base}/v1`, OPENAI_MODEL: 'model' },
      home,
    };
  },
  model: null,
  skips: { budget_resumed: 'It takes no limit on cost; Homer watches over it.' },
};

import { createClaudeExecutor } from '../../../main/agents/claude/claude-executor.ts';
import { FAKE_KEY, type AgentProgram } from '../agent-program.ts';

export const program: AgentProgram = {
  name: 'claude',
  package: '@anthropic-ai/claude-code',
  version: '2.1.329',
  bin: '.bin/claude',
  executor: (env) => createClaudeExecutor({ env }),
  account: (base, home) => ({
    id: 'claude-test',
    label: 'Test',
    env: { ANTHROPIC_BASE_URL: base, ANTHROPIC_API_KEY: FAKE_KEY },
    home,
  }),
  model: null,
  homeVariable: 'CLAUDE_CONFIG_DIR',
  skips: {},
};

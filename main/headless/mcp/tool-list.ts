import { z } from 'zod';
import { agentTools, permissionSchema, type AgentTool, type ListedTool } from '../../domain/agent/tools.ts';

/** The tools as an agent program is told of them; the last is for the program itself, where it asks for permissions. */
export function toolList(): readonly ListedTool[] {
  const names = Object.keys(agentTools) as AgentTool[];
  return [
    ...names.map((name) => ({
      name,
      title: agentTools[name].title,
      description: agentTools[name].description,
      inputSchema: schemaOf(agentTools[name].input),
      annotations: { readOnlyHint: name.startsWith('get_'), destructiveHint: false, openWorldHint: false },
      // Claude Code would show the model a tool only once it searched for it.
      _meta: { 'anthropic/alwaysLoad': true },
    })),
    {
      name: 'permission',
      title: 'Ask for permission',
      description: 'For the program itself, when it needs permission to use a tool.',
      inputSchema: schemaOf(permissionSchema),
    },
  ];
}

function schemaOf(input: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { target: 'draft-7', io: 'input' });
  return schema;
}

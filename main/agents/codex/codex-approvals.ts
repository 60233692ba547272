import type { AskHost } from '../../domain/agent/tools.ts';
import type { JsonObject } from '../../domain/primitives.ts';
import { objectAt, objectsAt, textAt } from '../json-event.ts';
import { mayUse, ownerAnswer } from '../driver/ask-host.ts';

export interface CodexApprovals {
  /** The answer to a question of Codex; undefined: Homer knows no such question. */
  answer(method: string, params: JsonObject): Promise<JsonObject> | undefined;
  /** A question about files names the change alone, which was told before. */
  heed(method: string, params: JsonObject): void;
}

/** Words of its approvals for tool servers. */
const TOOL_APPROVAL = 'mcp_tool_call';
const NO = 'decline';
/** An agent that asks again and again for what was denied is told why so often in a turn. */
const MOST_TOLD = 5;

/** What Codex asks before it acts, put to the host, and what it is answered. `tell` says something to the agent within its turn. */
export function createCodexApprovals(options: {
  readonly ask: AskHost;
  readonly cancelled: AbortSignal;
  readonly tell: (text: string) => Promise<unknown>;
}): CodexApprovals {
  const { ask, cancelled } = options;
  const changes = new Map<string, readonly string[]>();
  let told = 0;

  const may = async (tool: string, input: JsonObject, what: string): Promise<boolean> => {
    const { allowed, why } = await mayUse(ask, cancelled, tool, input);
    // A refusal has no place for a reason, and without one the agent tries its luck again.
    if (!allowed && !cancelled.aborted && told < MOST_TOLD) {
      told += 1;
      await options.tell(`You may not ${what}: ${why}`);
    }
    return allowed;
  };
  const decided = async (allowed: Promise<boolean>): Promise<JsonObject> => ({
    decision: (await allowed) ? 'accept' : NO,
  });

  return {
    heed(method, params) {
      const item = objectAt(params, 'item');
      if (item?.['type'] !== 'fileChange') return;
      const id = textAt(item, 'id');
      if (method === 'item/started') changes.set(id, pathsOf(item));
      if (method === 'item/completed') changes.delete(id);
    },
    answer(method, params) {
      const note = textAt(params, 'reason');
      const noted = note === '' ? {} : { note };
      switch (method) {
        case 'item/commandExecution/requestApproval': {
          const host = textAt(objectAt(params, 'networkApprovalContext'), 'host');
          if (host !== '') {
            const protocol = textAt(objectAt(params, 'networkApprovalContext'), 'protocol') || 'https';
            return decided(may('network', { url: `${protocol}://${host}`, ...noted }, `reach ${host}`));
          }
          const command = textAt(params, 'command');
          const typed = textAt(params, 'kind') === 'writeStdin';
          return decided(
            may(
              typed ? 'shell_input' : 'shell',
              { command, outside: true, ...noted },
              'run that command outside of the sandbox',
            ),
          );
        }
        case 'item/fileChange/requestApproval': {
          const root = textAt(params, 'grantRoot');
          const paths = [...(changes.get(textAt(params, 'itemId')) ?? []), ...(root === '' ? [] : [root])];
          return decided(may('apply_patch', { paths, ...noted }, 'change those files'));
        }
        case 'item/permissions/requestApproval': {
          const wanted = objectAt(params, 'permissions') ?? {};
          const paths = textsAt(objectAt(wanted, 'fileSystem'), 'write');
          const input = paths.length > 0 ? { paths, ...wanted, ...noted } : { ...wanted, ...noted };
          return may('permissions', input, 'have those permissions').then((allowed) => ({
            permissions: allowed ? wanted : {},
            scope: 'turn',
          }));
        }
        case 'item/tool/requestUserInput':
          return answers(params);
        case 'mcpServer/elicitation/request': {
          const meta = objectAt(params, '_meta');
          if (textAt(meta, 'codex_approval_kind') !== TOOL_APPROVAL)
            // A form to fill in, or a page to open: nobody is there.
            return Promise.resolve({ action: NO, content: null, _meta: null });
          const tool = [textAt(params, 'serverName'), textAt(meta, 'tool_name')].join('/');
          return may(tool, objectAt(meta, 'tool_params') ?? {}, `use ${tool}`).then((allowed) => ({
            action: allowed ? 'accept' : NO,
            content: allowed ? {} : null,
            _meta: null,
          }));
        }
        default:
          return undefined;
      }
    },
  };

  async function answers(params: JsonObject): Promise<JsonObject> {
    const given: Record<string, JsonObject> = {};
    for (const question of objectsAt(params, 'questions')) {
      const choices = objectsAt(question, 'options').map(
        (it) => `- ${textAt(it, 'label')}: ${textAt(it, 'description')}`,
      );
      const text = [textAt(question, 'question'), ...choices].join('\n');
      // What is secret is not asked for where it would be kept.
      const answer = question['isSecret'] === true ? null : await ownerAnswer(ask, cancelled, text);
      given[textAt(question, 'id')] = { answers: answer === null ? [] : [answer] };
    }
    return { answers: given };
  }
}

function pathsOf(item: JsonObject): string[] {
  return objectsAt(item, 'changes').flatMap((change) => {
    const moved = textAt(objectAt(change, 'kind'), 'move_path');
    return [textAt(change, 'path'), moved].filter((path) => path !== '');
  });
}

function textsAt(from: JsonObject | undefined, key: string): string[] {
  const value = from?.[key];
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}

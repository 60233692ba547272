import { fail, ok, type Result } from '../../shared/result.ts';
import { agentFormSchema, type AgentForm } from './agent-form.ts';

const MOST_NAMED = 5;

/** The form that a file's text is; a failure names each field that is wrong, the first few. */
export function readForm(file: string, text: string): Result<AgentForm> {
  const json = parse(text);
  if (!json.ok) return bad(file, [json.error]);
  const parsed = agentFormSchema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map((issue) => {
    const { path } = issue;
    const message =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    const field = path.reduce<string>(
      (name, part) =>
        typeof part === 'number' ? `${name}[${String(part)}]` : `${name}${name && '.'}${String(part)}`,
      '',
    );
    return sentence(field === '' ? message : `${field}: ${message}`);
  });
  return bad(file, problems);
}

function sentence(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; error: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError)
      return { ok: false, error: `This is not JSON: ${error.message}.` };
    throw error;
  }
}

function bad(file: string, problems: readonly string[]): Result<never> {
  const shown = problems.slice(0, MOST_NAMED);
  const rest = problems.length - shown.length;
  return fail(
    'agent_file_invalid',
    `${file} does not describe an agent. ${shown.join(' ')}${rest > 0 ? ` And ${String(rest)} more.` : ''}`,
    {
      hint: 'Mend these fields (docs/agents.md lists them all), and try it with “homer agent check <file>”.',
    },
  );
}

import type { ContractFailure, Reply } from '../../preload/contract/errors.ts';
import {
  isOperationName,
  operations,
  type OperationName,
  type OutputOf,
  type ParsedOf,
} from '../../preload/contract/operations.ts';
import type { Actor } from '../domain/decision/decision.ts';
import type { Log } from '../shared/log.ts';
import { fail, FailureError, messageOf, type Refusal, type Result } from '../shared/result.ts';

export interface CallContext {
  readonly actor: Actor;
}

/** One plain function for each operation of the contract. */
export type Handlers = {
  readonly [N in OperationName]: (
    input: ParsedOf<N>,
    context: CallContext,
  ) => Result<OutputOf<N>> | Promise<Result<OutputOf<N>>>;
};

/** Answers a call that came from outside: never throws, and lets nothing through that the contract forbids. */
export type Dispatch = (name: string, input: unknown, context: CallContext) => Promise<Reply<unknown>>;

export function createDispatch(handlers: Handlers, log: Log): Dispatch {
  return async (name, input, context) => {
    if (!isOperationName(name))
      return refuse(fail('unknown_operation', `There is no operation called ${JSON.stringify(name)}.`));
    const operation = operations[name];
    const parsed = operation.input.safeParse(input ?? {});
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: issue.message,
      }));
      const said = issues.slice(0, 3).map(({ path, message }) => (path ? `${path}: ${message}` : message));
      return refuse(
        fail('invalid_input', said.join('; ') || 'The input is not valid.', {
          hint: `Send ${name} what the contract asks for; a running Homer lists it at /docs.`,
          details: { issues },
        }),
      );
    }
    try {
      const handler = handlers[name] as (
        input: unknown,
        context: CallContext,
      ) => Result<unknown> | Promise<Result<unknown>>;
      const result = await handler(parsed.data, context);
      if (!result.ok) return refuse(result);
      const output = operation.output.safeParse(result.value);
      if (!output.success) {
        log.error('an operation answered outside its contract', {
          operation: name,
          issues: output.error.issues,
        });
        return refuse(fail('invalid_output', `Homer gave a malformed answer to ${name}. This is a bug.`));
      }
      return { ok: true, value: output.data };
    } catch (error) {
      if (error instanceof FailureError) return refuse({ ok: false, error: error.failure });
      log.error('an operation threw', { operation: name, error: messageOf(error), stack: stackOf(error) });
      return refuse(
        fail('internal', `Something went wrong inside Homer: ${messageOf(error)}`, {
          hint: 'The log has the details; `homer doctor` shows where it is.',
        }),
      );
    }
  };
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}

function refuse(result: Refusal): {
  ok: false;
  error: ContractFailure;
} {
  const { tag, message, hint, details } = result.error;
  return {
    ok: false,
    error: {
      tag,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(details === undefined
        ? {}
        : { details: JSON.parse(JSON.stringify(details)) as NonNullable<ContractFailure['details']> }),
    },
  };
}

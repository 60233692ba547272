import type { Reply } from '../../preload/contract/errors.ts';
import type { InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';

export interface CommandOptions {
  /** Shows the change before the answer; the result takes it back. */
  readonly apply?: (() => () => void) | undefined;
  /** False keeps the toast away, for forms that show the failure at its place. */
  readonly announce?: boolean | undefined;
}

export type Run = <N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options?: CommandOptions,
) => Promise<Reply<OutputOf<N>>>;

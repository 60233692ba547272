import { AUTO } from '../domain/run/task-type.ts';
import { FailureError } from '../shared/result.ts';

/** A model belongs to one program; which one `auto` takes is not known yet. */
export function refuseModelOfAuto(executor: string, model: string | null): void {
  if (executor !== AUTO || model === null) return;
  throw new FailureError({
    tag: 'invalid_input',
    message: `The model ${model} needs an executor that has it; ${AUTO} may choose any.`,
    hint: 'Leave the model empty, or choose an executor.',
  });
}

import { fail, type Result } from '../shared/result.ts';

export function programMissing(name: string, label: string): Result<never> {
  return fail('program_missing', `The program ${name} was not found.`, {
    hint: `Install ${label}, or add its folder to PATH, and start the run again.`,
  });
}

import { fail, ok } from '../../shared/result.ts';
import type { Executor } from '../executor.ts';
import { createShellParser } from './shell-parser.ts';

/** Runs a command line of the owner's with `/bin/sh -c` in the worktree; the prompt is on its standard input. */
export function createShellExecutor(): Executor {
  return {
    name: 'shell',
    label: 'Shell command',
    passEnv: [],
    signInEnv: [],
    detect: async () => ({
      name: 'shell',
      label: 'Shell command',
      usable: true,
      found: true,
      path: '/bin/sh',
      version: null,
      signedIn: 'unknown',
      note: 'Runs a command of yours in the worktree.',
    }),
    command(order) {
      const command = order.shellCommand?.trim() ?? '';
      if (command === '') {
        return fail('shell_command_missing', 'The shell executor has no command to run.', {
          hint: 'Give the run a command, such as “./fix.sh”, or choose another executor.',
        });
      }
      // So that a script which calls an agent program knows as whom.
      const { account } = order;
      const env =
        account === null
          ? {}
          : {
              HOMER_ACCOUNT: account.label,
              ...(account.home === null ? {} : { HOMER_ACCOUNT_HOME: account.home }),
              ...(order.sessionId === null ? {} : { HOMER_SESSION: order.sessionId }),
            };
      return ok({ program: '/bin/sh', args: ['-c', command], env, stdin: 'prompt', files: [] });
    },
    createParser: (turn) => createShellParser(turn.step),
  };
}

import { unwrap } from '../../main/shared/result.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { createGit } from '../../main/workspace/git.ts';
import { act, type GitTask } from './git-task.ts';

/** Does one thing in a repository and is killed meanwhile: `doomed-git.ts TASK`, with the task as JSON. Says when it begins. */
const task = JSON.parse(process.argv[2] ?? '') as GitTask;
const git = createGit({ env: process.env, clock: createSystemClock(), log: createSilentLog() });
process.stdout.write('begins\n');
unwrap(await act(git, task));
process.stdout.write('done\n');

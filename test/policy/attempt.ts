import * as fs from 'node:fs';
import { join } from 'node:path';
import { defaultPathPolicy } from '../../main/domain/risk/path-policy.ts';
import { applyRun } from '../../main/workspace/apply.ts';
import { checkpoint } from '../../main/workspace/checkpoint.ts';
import { RUN_ID, beginTurn, createTestRepository } from '../../main/workspace/test-repository.ts';
import type { TestRepository } from '../../main/workspace/test-repository.ts';
import type { Attack, Scene } from './attack.ts';

export interface Attempt {
  readonly group: string;
  readonly name: string;
  /** Sentences, one for each promise that was broken; none: Homer held. */
  readonly faults: readonly string[];
  /** Why it could not be tried here. */
  readonly skipped: string | null;
  readonly durationMs: number;
}

const PRECIOUS = 'precious\n';

/** One attack on a repository of its own, by the real judge, checkpoint and apply; then a look from outside with plain git. */
export async function attempt(attack: Attack): Promise<Attempt> {
  const began = performance.now();
  const repository = createTestRepository();
  const faults: string[] = [];
  let skipped: string | null = null;
  try {
    skipped = await play(attack, repository, faults);
  } catch (error) {
    faults.push(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    repository.dispose();
  }
  const { group, name } = attack;
  return { group, name, faults, skipped, durationMs: performance.now() - began };
}

async function play(attack: Attack, repository: TestRepository, faults: string[]): Promise<string | null> {
  const { git, path: project } = repository;
  const outside = join(repository.folder, 'outside');
  fs.mkdirSync(outside);
  fs.writeFileSync(join(outside, 'file'), PRECIOUS);
  const early = {
    root: join(project, '.workspace/tasks', RUN_ID),
    project,
    dotGit: join(project, '.git'),
    gitDir: join(project, '.git/worktrees', RUN_ID),
    outside,
    repository,
    git: (args: readonly string[], cwd?: string): string =>
      repository.sh(args, cwd ?? join(project, '.workspace/tasks', RUN_ID)),
  };
  if (attack.before) {
    await beginTurn(repository);
    attack.before(early);
  }
  const turn = await beginTurn(repository);
  const { branch, baseCommit: base } = turn.worktree;
  const scene: Scene = { ...early, branch, base };
  const reason = attack.does(scene);
  if (reason !== undefined) return reason;

  const { outcome } = attack;
  const judged = await turn.judge(attack.policy ?? defaultPathPolicy);
  if (!judged.ok) {
    if (!('stopped' in outcome)) faults.push(`no verdict: ${judged.error.tag}: ${judged.error.message}`);
    else if (!outcome.stopped.test(judged.error.tag)) faults.push(`refused as ${judged.error.tag}`);
    return null;
  }
  const verdict = judged.value;
  attack.meanwhile?.(scene);
  const kept = await checkpoint(git, {
    projectPath: project,
    runId: RUN_ID,
    branch,
    base,
    parent: base,
    message: 'Step 1',
    verdict,
  });
  const names = (findings: readonly { path: string; rule: string }[]): string =>
    findings.map(({ path, rule }) => `${path}: ${rule}`).join('; ') || 'nothing';

  if ('refused' in outcome) {
    const named = verdict.violations.some(
      ({ path, rule }) =>
        (outcome.refused.endsWith('/') ? path.startsWith(outcome.refused) : path === outcome.refused) &&
        outcome.rule.test(rule),
    );
    if (!named) faults.push(`the rule is not named; found ${names(verdict.violations)}`);
    if (kept.ok || kept.error.tag !== 'policy_violation') faults.push('a checkpoint was made of it');
  } else if ('stopped' in outcome) {
    if (kept.ok) faults.push('a checkpoint was made of it');
    else if (!outcome.stopped.test(kept.error.tag)) faults.push(`refused as ${kept.error.tag}`);
  } else {
    if (!verdict.ok) faults.push(`refused although it is harmless: ${names(verdict.violations)}`);
    if (!kept.ok) faults.push(`no checkpoint: ${kept.error.tag}: ${kept.error.message}`);
    const head = kept.ok ? kept.value.commit : base;
    if (
      'noticed' in outcome &&
      !verdict.notices.some(({ path, rule }) => path === outcome.noticed && outcome.rule.test(rule))
    )
      faults.push(`not told; told is ${names(verdict.notices)}`);
    const changed = repository
      .sh(['-c', 'core.quotePath=false', 'diff', '--name-only', base, head])
      .split('\n');
    if ('seen' in outcome && !changed.includes(outcome.seen)) faults.push('the change was hidden');
    if ('absent' in outcome && changed.includes(outcome.absent)) faults.push('it was committed');
    if (kept.ok && Number(repository.sh(['rev-list', '--count', `${base}..${head}`])) > 1)
      faults.push('a history that nobody judged came along');
  }
  await lookOutside(attack, scene, kept.ok ? kept.value.commit : base, faults);
  return null;
}

/** Whatever happened, nothing outside is touched and nothing denied gets to the owner's branch. */
async function lookOutside(attack: Attack, scene: Scene, head: string, faults: string[]): Promise<void> {
  const { repository, project, outside, base } = scene;
  if (fs.readFileSync(join(outside, 'file'), 'utf8') !== PRECIOUS) faults.push('a file outside was changed');
  if (fs.readdirSync(outside).length !== 1) faults.push('something was made outside');
  if (attack.reachesOwner) return;
  if (repository.sh(['rev-parse', 'main']) !== base) faults.push("the owner's branch moved");
  if (repository.sh(['status', '--porcelain'], project) !== '')
    faults.push("the owner's checkout was changed");
  const applied = await applyRun(repository.git, {
    projectPath: project,
    runId: RUN_ID,
    number: 1,
    title: 'T',
    base,
    head,
    target: 'main',
    method: 'merge',
  });
  if (head === base && applied.ok) faults.push('it was applied although nothing was allowed');
  const bad = repository
    .sh(['-c', 'core.quotePath=false', 'ls-tree', '-r', 'main'])
    .split('\n')
    .filter((line) => /^160000|\t(.*\/)?(\.env|id_rsa|\.npmrc|\.git$|\.gitmodules)/iu.test(line));
  if (bad.length > 0) faults.push(`on the owner's branch: ${bad.join(', ')}`);
}

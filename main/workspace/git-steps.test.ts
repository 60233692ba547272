import { afterEach, beforeEach, expect, it } from 'vitest';
import { createScope } from '../shared/scope.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { unwrap } from '../shared/result.ts';
import { createGit } from './git.ts';
import { gitSteps } from './git-steps.ts';
import { openRepository } from './repository.ts';
import { createTestRepository, type TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(() => repository.dispose());

const placeOf = async () => unwrap(await openRepository(repository.git, repository.path)).place;

it('runs lines one step after another, hands a word on and keeps the outputs apart', async () => {
  const place = await placeOf();
  // Among the bytes of these letters are those that shells keep marks of their own in.
  const input = [
    'a $(text) with "quotes" and \'others\'',
    ' and\nmore\\n',
    '\u0101\u0102\u0107\u0108 \u{1f601}',
  ];
  const done = unwrap(
    await gitSteps(repository.git, [
      { lines: [{ place, args: ['hash-object', '-w', '--stdin'], input, word: true }] },
      {
        lines: [
          { place, args: ['cat-file', 'blob', { wordOf: 0 }] },
          { place, args: ['cat-file', '-t', 'HEAD'] },
          { place, args: ['rev-parse', 'HEAD'], word: true },
        ],
      },
    ]),
  );
  expect(done[1]?.fields()).toEqual(input);
  expect(done[2]?.text()).toBe('commit');
  expect(done[3]?.text()).toBe(repository.sh(['rev-parse', 'HEAD']));
});

it('takes an argument for what it is, whatever a shell would make of it', async () => {
  const place = await placeOf();
  const odd = '$(touch planted) `touch planted` "; touch planted; \' \\ \n*';
  const done = unwrap(
    await gitSteps(repository.git, [
      {
        lines: [
          {
            place,
            args: ['commit-tree', '-m', odd, 'HEAD^{tree}'],
            word: true,
            env: {
              GIT_AUTHOR_NAME: odd.trim().replaceAll('\n', ' '),
              GIT_AUTHOR_EMAIL: 'a@b',
              GIT_COMMITTER_NAME: 'C',
              GIT_COMMITTER_EMAIL: 'a@b',
            },
          },
        ],
      },
      { lines: [{ place, args: ['log', '-1', '--format=%B', { wordOf: 0 }] }] },
    ]),
  );
  expect(done[1]?.text().trimEnd()).toBe(odd);
  expect(repository.sh(['status', '--porcelain'])).toBe('');
});

it('stops at the first line that fails, and says which it was', async () => {
  const place = await placeOf();
  const refused = await gitSteps(repository.git, [
    { lines: [{ place, args: ['rev-parse', '--verify', 'no-such-branch'], word: true }] },
    { lines: [{ place, args: ['update-ref', 'refs/heads/made', 'HEAD'] }] },
  ]);
  expect(refused.ok).toBe(false);
  expect(!refused.ok && refused.error.message).toContain('rev-parse');
  expect(repository.sh(['branch', '--list', 'made'])).toBe('');
});

it('leaves out what it is told not to do, once what came before is known whole', async () => {
  const place = await placeOf();
  let seen = '';
  const steps = (yes: boolean) =>
    gitSteps(repository.git, [
      { lines: [{ place, args: ['ls-files', '-z'] }] },
      {
        lines: [{ place, args: ['update-ref', 'refs/heads/made', 'HEAD'] }],
        onlyIf: async (before) => {
          seen = before[0]?.text() ?? '';
          return yes;
        },
      },
    ]);
  expect(unwrap(await steps(false))).toHaveLength(1);
  expect(seen).toBe(repository.sh(['ls-files', '-z']));
  expect(repository.sh(['branch', '--list', 'made'])).toBe('');
  expect(unwrap(await steps(true))).toHaveLength(2);
  expect(repository.sh(['branch', '--list', 'made']).trim()).toBe('made');
});

it('ends what runs when the host closes, with the whole of its process group', async () => {
  const place = await placeOf();
  const scope = createScope('host');
  const git = createGit({ env: process.env, clock: createSystemClock(), log: createSilentLog(), scope });
  let closing: Promise<void> | undefined;
  const ended = await gitSteps(git, [
    { lines: [{ place, args: ['rev-parse', 'HEAD'], word: true }] },
    {
      // Never begins: what would start it is gone.
      lines: [{ place, args: ['cat-file', '--batch'], input: ['HEAD'] }],
      onlyIf: async () => {
        closing = scope.close();
        return Promise.resolve(true);
      },
    },
  ]);
  await closing;
  expect(ended).toMatchObject({ ok: false, error: { tag: 'git_failed' } });
});

it('uses a shell again that is through, and another where it was ended meanwhile', async () => {
  const place = await placeOf();
  const scope = createScope('host');
  const git = createGit({ env: process.env, clock: createSystemClock(), log: createSilentLog(), scope });
  const head = repository.sh(['rev-parse', 'HEAD']);
  const look = async (): Promise<string[]> =>
    unwrap(
      await gitSteps(git, [
        {
          lines: [
            { place, args: ['rev-list', 'HEAD'] },
            { place, args: ['rev-parse', 'HEAD'], word: true },
          ],
        },
      ]),
    ).map((output) => output.text());
  expect(await look()).toEqual([head, head]);
  expect(await look()).toEqual([head, head]);
  const { shell, fresh } = git.shells.take();
  expect(fresh).toBe(false);
  git.shells.give(shell);
  shell.stop('closing');
  expect(await look()).toEqual([head, head]);
  await scope.close();
  expect(git.shells.take()).toMatchObject({ fresh: true });
});

it('gives each of several that work at once its own outputs, and one that failed spoils none', async () => {
  const place = await placeOf();
  const scope = createScope('host');
  const git = createGit({ env: process.env, clock: createSystemClock(), log: createSilentLog(), scope });
  const blobs = await Promise.all(
    ['one\n', 'two\n', 'three\n'.repeat(20_000)].map(async (text) => {
      const made = await git.run(place, ['hash-object', '-w', '--stdin'], { input: text });
      return { text, id: unwrap(made).text() };
    }),
  );
  for (let round = 0; round < 3; round += 1) {
    const [bad, ...good] = await Promise.all([
      gitSteps(git, [{ lines: [{ place, args: ['cat-file', 'blob', 'no-such-thing'] }] }]),
      ...blobs.map(({ id }) => gitSteps(git, [{ lines: [{ place, args: ['cat-file', 'blob', id] }] }])),
    ]);
    expect(bad).toMatchObject({ ok: false });
    expect(good.map((done) => `${unwrap(done)[0]?.text() ?? ''}\n`)).toEqual(blobs.map(({ text }) => text));
  }
  await scope.close();
});

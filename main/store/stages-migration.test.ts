import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { connect } from './database.ts';
import { loadMigrations, migrate } from './migrate.ts';
import { createFolder, MIGRATIONS } from './testing/test-store.ts';

const NOW = '2026-01-01T00:00:00.000Z';

it('keeps the children of runs, each as that of its run, when stages get children of their own', () => {
  const folder = createFolder();
  const raw = connect(join(folder, 'homer.sqlite'));
  const migrations = unwrap(loadMigrations(MIGRATIONS));
  migrate(
    raw,
    migrations.filter(({ number }) => number < 50),
    NOW,
  );
  raw.pragma('foreign_keys = OFF');
  raw
    .prepare(
      `INSERT INTO run_child (run_id, step, attempt, pid, process_group, start_time, boot_id, spool, executor, deadline, stdout_offset,
         ending, quiet_since, created_at) VALUES ('r', 3, 2, 7, 7, 's', 'b', '/spool', 'shell', 9, 11, '{"class":"ok"}', ?, ?)`,
    )
    .run(NOW, NOW);
  migrate(
    raw,
    migrations.filter(({ number }) => number >= 50),
    NOW,
  );
  expect(raw.prepare('SELECT * FROM run_child').all()).toMatchObject([
    {
      run_id: 'r',
      stage: '',
      step: 3,
      attempt: 2,
      pid: 7,
      stdout_offset: 11,
      ending: '{"class":"ok"}',
      quiet_since: NOW,
    },
  ]);
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  raw.close();
  rmSync(folder, { recursive: true });
});

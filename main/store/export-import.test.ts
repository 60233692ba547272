import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { connect } from './database.ts';
import { exportRows } from './export-rows.ts';
import { importRows } from './import-rows.ts';
import { loadMigrations, migrate } from './migrate.ts';
import { addProposal, createFolder, MIGRATIONS, openAt } from './testing/test-store.ts';
import { fillTables } from './testing/fill-tables.ts';

let folder: string;
let scope: Scope;
beforeEach(() => {
  folder = createFolder();
  scope = createScope('test');
  for (const name of ['here', 'there']) mkdirSync(join(folder, name));
});
afterEach(async () => {
  await scope.close();
  rmSync(folder, { recursive: true, force: true });
});

const TOKEN = 'a-secret-of-somebody';
/** Stands in for the redaction that boot hands in. */
const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(TOKEN, 'gone'));

const migrations = unwrap(loadMigrations(MIGRATIONS));

/** A database at a schema with rows in every table, in `here`. */
function make(schema = migrations.at(-1)?.number ?? 0): void {
  const raw = connect(join(folder, 'here', 'homer.sqlite'));
  migrate(
    raw,
    migrations.filter(({ number }) => number <= schema),
    '2026-01-01T00:00:00.000Z',
  );
  fillTables(raw);
  raw.close();
}

async function exported(from: string): Promise<string> {
  let text = '';
  unwrap(
    await exportRows({
      path: join(folder, from, 'homer.sqlite'),
      clean,
      write: (piece) => {
        text += piece;
        return Promise.resolve();
      },
    }),
  );
  return text;
}

const imported = (text: string) =>
  importRows({
    folder: join(folder, 'there'),
    migrationsFolder: MIGRATIONS,
    from: 'a test',
    now: '2026-01-02T00:00:00.000Z',
    scope,
    lines: (async function* () {
      for (const line of text.split('\n').slice(0, -1)) yield await Promise.resolve(line);
    })(),
  });

describe('an export', () => {
  it.each(migrations.map(({ number }) => number))(
    'of schema %i with rows in every table comes back without a difference, and opens',
    async (schema) => {
      make(schema);
      const text = await exported('here');
      const { rows } = unwrap(await imported(text));
      expect(Object.values(rows).every((count) => count >= 1)).toBe(true);
      expect(await exported('there')).toBe(text);
      const store = unwrap(await openAt(join(folder, 'there'), scope));
      expect([store.schema, store.check(true)]).toEqual([migrations.at(-1)?.number, []]);
    },
  );

  it('leaves secrets out, also within JSON, and still comes back without a difference', async () => {
    const store = unwrap(await openAt(join(folder, 'here'), scope));
    store.write((write) => {
      addProposal(write, { title: `Use ${TOKEN}`, content: JSON.stringify({ deep: [`token ${TOKEN}`] }) });
    });
    const text = await exported('here');
    expect(text).not.toContain(TOKEN);
    expect(text).toContain('deep');
    unwrap(await imported(text));
    expect(await exported('there')).toBe(text);
  });
});

describe('an import', () => {
  const lines = async (): Promise<string[]> => {
    make();
    return (await exported('here')).split('\n');
  };
  it.each<[string, RegExp, (all: string[]) => string[]]>([
    ['a line that is no JSON', /line 3: it is not JSON/u, (all) => all.with(2, '{"t":')],
    [
      'a row without a column',
      /line 2: /u,
      (all) => all.with(1, JSON.stringify({ t: (JSON.parse(all[1] ?? '') as { t: string }).t, r: {} })),
    ],
    [
      'a value of another kind',
      /line \d+: .*status/u,
      (all) =>
        all.map((line) =>
          line.startsWith('{"t":"goal"') ? line.replace(/"status":"\w+"/u, '"status":7') : line,
        ),
    ],
    [
      'a value SQLite forbids',
      /line \d+: CHECK/u,
      (all) =>
        all.map((line) =>
          line.startsWith('{"t":"goal"') ? line.replace(/"status":"\w+"/u, '"status":"lost"') : line,
        ),
    ],
    ['a row twice', /line \d+: UNIQUE/u, (all) => [...all.slice(0, 2), all[1] ?? '', ...all.slice(2)]],
    ['a missing end', /cut off/u, (all) => [...all.slice(0, -2), '']],
    ['a missing row', /it says \d rows/u, (all) => all.toSpliced(1, 1)],
    ['another beginning', /does not begin/u, (all) => all.with(0, '{"hello":1}')],
    [
      'references to rows that are gone',
      /point to rows/u,
      (all) => {
        const gone = all.filter((line) => !line.startsWith('{"t":"project"'));
        return gone.map((line) => line.replace('"project":3', '"project":0'));
      },
    ],
  ])('with %s is refused whole, with its line', async (_what, message, spoil) => {
    const text = spoil(await lines()).join('\n');
    expect(await imported(text)).toMatchObject({
      ok: false,
      error: { tag: 'malformed_export', message: expect.stringMatching(message) },
    });
    expect(readdirSync(join(folder, 'there'))).toEqual([]);
  });

  it('of a newer schema is refused, with what to do', async () => {
    const all = await lines();
    const text = all.with(0, (all[0] ?? '').replace(/"schema":\d+/u, '"schema":9999')).join('\n');
    expect(await imported(text)).toMatchObject({ ok: false, error: { tag: 'newer_database' } });
  });

  it('into a folder with a database is refused and changes nothing', async () => {
    const text = (await lines()).join('\n');
    unwrap(await imported(text));
    expect(await imported(text)).toMatchObject({ ok: false, error: { tag: 'data_not_empty' } });
    expect(await exported('there')).toBe(text);
  });
});

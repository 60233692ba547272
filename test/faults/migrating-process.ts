// Migrates a database to the newest schema: `migrating-process.ts FILE`. It says when it begins and when it is done, and may be killed.
import { writeSync } from 'node:fs';
import { unwrap } from '../../main/shared/result.ts';
import { connect } from '../../main/store/database.ts';
import { loadMigrations, migrate, pendingMigrations } from '../../main/store/migrate.ts';
import { MIGRATIONS } from '../../main/store/testing/test-store.ts';

const raw = connect(process.argv[2] ?? '');
const pending = unwrap(pendingMigrations(raw, unwrap(loadMigrations(MIGRATIONS))));
writeSync(1, 'begins\n');
migrate(raw, pending, '2026-01-02T00:00:00.000Z');
writeSync(1, 'done\n');
raw.close();

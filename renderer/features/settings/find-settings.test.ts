import { expect, it } from 'vitest';
import { flagList } from '../../../test/fixtures/flags.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { allSections } from './sections.ts';
import { findSettings } from './find-settings.ts';

const flags = flagList(() => undefined);
const found = (query: string): string[] =>
  findSettings(query, flags).flatMap(({ section, flags: some, holds }) => [
    ...holds.map((each) => `${section.name}: ${each}`),
    ...some.map(({ key }) => `${section.name}: ${key}`),
  ]);

it('has every setting of the runtime in a section', () => {
  const held = new Set(allSections.flatMap(({ groups }) => groups));
  expect(Object.keys(labels.flagGroup).filter((group) => !held.has(group as never))).toEqual([]);
});

it('finds settings by words of their name, description, key and section, in any order', () => {
  expect(found('backups between')).toEqual(['backups: backup.interval_hours']);
  expect(found('backup.keep')).toContain('backups: backup.keep');
  expect(found('theme')).toEqual(['appearance: Theme']);
  expect(found('density')).toEqual(['appearance: Density of rows']);
  expect(found('restore')).toContain('backups: Restore a backup');
});

it('finds nothing where one word of it is nowhere', () => {
  expect(found('theme nonsense')).toEqual([]);
});

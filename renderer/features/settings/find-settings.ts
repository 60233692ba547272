import type { Flag } from './flag-value.ts';
import { allSections, type SettingsSection } from './sections.ts';
import { strings } from './strings.ts';

export interface Found {
  readonly section: SettingsSection;
  readonly flags: readonly Flag[];
  /** What else of the section was met. */
  readonly holds: readonly string[];
}

/** Settings that hold every word, by their section; those of the runtime with their key and description. */
export function findSettings(query: string, flags: readonly Flag[], sections = allSections): Found[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const meets = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  return sections
    .map((section) => {
      const title = strings.sections[section.name];
      return {
        section,
        flags: flags.filter(
          ({ group, name, description, key }) =>
            section.groups.includes(group) && meets(`${name} ${description} ${key} ${title}`),
        ),
        holds: section.holds.filter((each) => meets(`${each} ${title}`)),
      };
    })
    .filter(({ flags: found, holds }) => found.length + holds.length > 0);
}

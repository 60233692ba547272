import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { licenceProblems, noticesText, shippedLicences } from './licence-list.ts';

/** Writes what packages hold of others beside the dashboard, which shows it, and as a text for people; gives what is wrong with it. */
export function writeLicences(root) {
  const list = shippedLicences(root);
  mkdirSync(path.join(root, 'out', 'renderer'), { recursive: true });
  writeFileSync(path.join(root, 'out', 'renderer', 'licences.json'), JSON.stringify(list));
  writeFileSync(path.join(root, 'out', 'THIRD-PARTY-NOTICES.txt'), noticesText(list));
  return licenceProblems(list);
}

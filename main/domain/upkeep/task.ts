import { valueList, type ValueOf } from '../value-list.ts';

/** What keeps the data well, in the order it is done. */
export const upkeepTask = valueList({
  backup: 'Backup',
  full_check: 'Full check',
  retention: 'Retention',
  compaction: 'Compaction',
});
export type UpkeepTask = ValueOf<typeof upkeepTask>;

import { valueList, type ValueOf } from '../value-list.ts';

/** The parts of the inbox, in the order they are shown; within one the oldest stands first. */
export const inboxSection = valueList({
  blocking: 'Blocking now',
  review: 'Ready to review',
  trouble: 'Went wrong',
  decide: 'To decide',
  idea: 'Ideas',
});
export type InboxSection = ValueOf<typeof inboxSection>;

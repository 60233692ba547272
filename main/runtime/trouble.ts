import type { Alert } from '../domain/alert/alert.ts';

/** What is wrong now, as its alert would tell it. */
export type Trouble = Pick<Alert, 'kind' | 'subject' | 'message' | 'hint'> & {
  /** Since when; an alert cleared later has told of it. */
  readonly since: string;
};

import type { InputOf, OutputOf } from '../../../preload/contract/operations.ts';

export type IntentList = OutputOf<'intent.list'>;
export type IntentRow = IntentList['rows'][number];
export type IntentDetail = OutputOf<'intent.get'>;
export type Intent = IntentDetail['intent'];
export type Trigger = Intent['trigger'];
export type TriggerType = Trigger['type'];
export type Schedule = IntentDetail['schedule'];
export type Preview = OutputOf<'schedule.preview'>;
export type NewIntent = InputOf<'intent.create'>;
export type IntentChanges = InputOf<'intent.edit'>['fields'];
export type IntentFilter = 'all' | 'enabled' | 'paused' | 'today';

import type { OutputOf } from '../../../preload/contract/operations.ts';

export type Briefing = OutputOf<'briefing.get'>;
export type BriefingLine = OutputOf<'briefing.list'>['briefings'][number];
export type Trouble = Briefing['wrong'][number];
export type TroubleKind = Trouble['kind'];
export type ComesNext = NonNullable<Briefing['next']>[number];

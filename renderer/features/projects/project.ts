import type { OutputOf } from '../../../preload/contract/operations.ts';

export type Project = OutputOf<'project.list'>[number];

import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { GlyphShape } from '../../ui/status-glyph.tsx';

export type Inbox = OutputOf<'inbox.list'>;
export type InboxItem = Inbox['items'][number];

export const kindShape: Readonly<Record<InboxItem['kind'], GlyphShape>> = {
  idea: 'dashed',
  plan: 'diamond',
  planning_failed: 'octagon',
  question: 'diamond',
  draft: 'diamond',
  permission: 'diamond',
  blocked: 'diamond',
  review: 'diamond',
  failed: 'octagon',
};

import type { Proposal } from '../domain/proposal/proposal.ts';
import type { RelatedProposal } from '../domain/proposal/related.ts';
import { ALIKE, likeness, sameFile, tellingWords } from '../domain/proposal/similar.ts';
import type { ProposalStage } from '../domain/proposal/stage.ts';
import type { Read, Row } from './database.ts';
import { int, text, textOrNull } from './row.ts';

/** How many of what the index gives, and of what a file gave, are held against a proposal. */
const LOOKED_AT = 200;
/** How many are told of each kind. */
const TOLD = 5;

const SELECT = `SELECT it.id, it.number, it.title, it.stage, it.stage_since, it.source_ref, it.parent_id, it.project_id, project.name AS project_name,
    (SELECT reason FROM decision WHERE entity = 'proposal' AND entity_id = it.id AND action = 'reject' ORDER BY created_at DESC, id DESC LIMIT 1) AS reason
  FROM proposal AS it LEFT JOIN project ON project.id = it.project_id`;

/** What was proposed before or beside it and is like it, or comes of it; what was rejected comes with the reason. The likest first. */
export function listRelatedProposals(read: Read, proposal: Proposal): RelatedProposal[] {
  const words = tellingWords(proposal.title);
  const found = new Map<string, Row>();
  const keep = (rows: readonly Row[]): void => {
    for (const row of rows) found.set(text(row, 'id'), row);
  };
  if (words.length > 0)
    keep(
      read
        .prepare(
          `${SELECT} WHERE it.number IN (SELECT rowid FROM search_proposal WHERE search_proposal MATCH ? ORDER BY rank LIMIT ${String(LOOKED_AT)})`,
        )
        .all(`{title} : (${words.map((word) => `"${word}"*`).join(' OR ')})`),
    );
  const file = proposal.sourceRef.replace(/:\d+(?::\d+)?$/u, '');
  if (file !== '')
    keep(
      read
        .prepare(
          `${SELECT} WHERE it.project_id IS ? AND (it.source_ref = ? OR substr(it.source_ref, 1, ?) = ?) ORDER BY it.number DESC LIMIT ${String(LOOKED_AT)}`,
        )
        .all(proposal.projectId, file, file.length + 1, `${file}:`),
    );
  keep(read.prepare(`${SELECT} WHERE it.parent_id = ? OR it.id = ?`).all(proposal.id, proposal.parentId));
  found.delete(proposal.id);
  const weighed = [...found.values()].flatMap((row) => {
    const here = textOrNull(row, 'project_id') === proposal.projectId;
    const alike = likeness(proposal.title, text(row, 'title'));
    const inFile = here && sameFile(proposal.sourceRef, text(row, 'source_ref'));
    const because =
      text(row, 'id') === proposal.parentId
        ? ('parent' as const)
        : textOrNull(row, 'parent_id') === proposal.id
          ? ('child' as const)
          : alike >= ALIKE
            ? ('title' as const)
            : inFile
              ? ('file' as const)
              : null;
    const kin = because === 'parent' || because === 'child' ? 2 : 0;
    return because === null
      ? []
      : [{ related: toRelated(row, because), weight: kin + alike + (here ? 0.1 : 0) + (inFile ? 0.2 : 0) }];
  });
  const sorted = weighed
    .sort((a, b) => b.weight - a.weight || b.related.number - a.related.number)
    .map(({ related }) => related);
  const rejected = (related: RelatedProposal): boolean => related.stage === 'rejected';
  return [
    ...sorted.filter((related) => !rejected(related)).slice(0, TOLD),
    ...sorted.filter(rejected).slice(0, TOLD),
  ];
}

function toRelated(row: Row, because: RelatedProposal['because']): RelatedProposal {
  const stage = text(row, 'stage') as ProposalStage;
  return {
    id: text(row, 'id'),
    number: int(row, 'number'),
    title: text(row, 'title'),
    stage,
    stageSince: text(row, 'stage_since'),
    projectName: textOrNull(row, 'project_name'),
    because,
    reason: stage === 'rejected' ? textOrNull(row, 'reason') : null,
  };
}

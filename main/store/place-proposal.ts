import { boardOrder, placeBetween, type Place, type Placed } from '../domain/proposal/board-order.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { getProposal } from './proposal-store.ts';
import { int, real, staleVersion, text } from './row.ts';

/** How many cards on each side are moved apart where there is no room. */
const WINDOW = 32;

interface PlacedRow extends Placed {
  readonly id: string;
}

/** Beside which card a proposal is to stand. */
export interface Wanted {
  readonly anchor: string;
  readonly side: 'above' | 'below';
  readonly priority?: number | undefined;
}

/**
 * Puts a proposal directly above or below another of its stage, whatever a filter shows. It keeps its priority where the place allows it, else
 * it takes the nearest that does. Throws `stale_version`, or `other_stage`.
 */
export function placeProposal(
  write: Write,
  proposal: Proposal,
  version: number,
  { anchor: anchorId, side, priority = proposal.priority }: Wanted,
  actor: string,
): void {
  if (proposal.version !== version) throw staleVersion('proposal');
  if (anchorId === proposal.id)
    throw new FailureError({
      tag: 'invalid_input',
      message: 'A proposal cannot stand beside itself.',
      hint: 'Name another proposal of its stage.',
    });
  const anchor = getProposal(write, anchorId);
  if (anchor.stage !== proposal.stage)
    throw new FailureError({
      tag: 'other_stage',
      message: `P-${String(anchor.number)} is in another stage.`,
      hint: 'A stage is changed by a decision, not by a place.',
    });
  const find = (): Place | null => {
    const beside = getProposal(write, anchorId);
    const [next] = neighbours(write, beside, side, proposal.id, 1);
    const card = { priority, rank: proposal.rank };
    return side === 'above' ? placeBetween(card, next, beside) : placeBetween(card, beside, next);
  };
  let place = find();
  if (place === null) {
    makeRoom(write, anchor, proposal.id, actor);
    place = find() ?? { priority, rank: anchor.rank };
  }
  const { changes } = write
    .prepare(
      'UPDATE proposal SET priority = ?, rank = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?',
    )
    .run(place.priority, place.rank, write.now, proposal.id, version);
  if (changes !== 1) throw staleVersion('proposal');
  const changed = place.priority === proposal.priority ? ['rank'] : ['priority', 'rank'];
  write.emit({
    type: 'proposalEdited',
    entity: 'proposal',
    entityId: proposal.id,
    actor,
    payload: { changed },
  });
}

/** The cards next to `of` in its stage, the nearest first, without `except`. */
function neighbours(
  read: Read,
  of: Proposal,
  side: 'above' | 'below',
  except: string,
  limit: number,
): PlacedRow[] {
  const [than, order] = side === 'above' ? ['>', 'ASC'] : ['<', 'DESC'];
  return read
    .prepare(
      `SELECT id, number, priority, rank FROM proposal WHERE stage = ? AND id <> ? AND (priority, rank, number) ${than} (?, ?, ?)
       ORDER BY priority ${order}, rank ${order}, number ${order} LIMIT ?`,
    )
    .all(of.stage, except, of.priority, of.rank, of.number, limit)
    .map(toPlaced);
}

function toPlaced(row: Row): PlacedRow {
  return {
    id: text(row, 'id'),
    number: int(row, 'number'),
    priority: int(row, 'priority'),
    rank: real(row, 'rank'),
  };
}

/** Moves the cards around `anchor` apart, evenly between those at the ends, in their order. */
function makeRoom(write: Write, anchor: Proposal, except: string, actor: string): void {
  const around = [
    ...neighbours(write, anchor, 'above', except, WINDOW),
    anchor,
    ...neighbours(write, anchor, 'below', except, WINDOW),
  ]
    .filter(({ priority }) => priority === anchor.priority)
    .sort(boardOrder);
  const top = around[0]?.rank ?? anchor.rank;
  const bottom = around.at(-1)?.rank ?? anchor.rank;
  // Cards that stand on each other altogether are spread downwards.
  const span = Math.max(top - bottom, around.length);
  around.forEach(({ id, rank }, at) => {
    const next = top - (span * at) / Math.max(1, around.length - 1);
    if (next === rank) return;
    write.prepare('UPDATE proposal SET rank = ?, updated_at = ? WHERE id = ?').run(next, write.now, id);
    write.emit({
      type: 'proposalEdited',
      entity: 'proposal',
      entityId: id,
      actor,
      payload: { changed: ['rank'] },
    });
  });
}

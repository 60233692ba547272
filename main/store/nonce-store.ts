import type { DecisionEntity } from '../domain/decision/decision.ts';
import type { Read, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';

export interface StoredNonce {
  readonly nonce: string;
  readonly entity: DecisionEntity;
  readonly entityId: string;
  readonly entityVersion: number;
  readonly action: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
}

export function insertNonce(write: Write, nonce: Omit<StoredNonce, 'usedAt'>): void {
  write
    .prepare(
      'INSERT INTO decision_nonce (nonce, entity, entity_id, entity_version, action, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      nonce.nonce,
      nonce.entity,
      nonce.entityId,
      nonce.entityVersion,
      nonce.action,
      nonce.expiresAt,
      write.now,
    );
}

export function findNonce(read: Read, nonce: string): StoredNonce | null {
  const row = read.prepare('SELECT * FROM decision_nonce WHERE nonce = ?').get(nonce);
  return row
    ? {
        nonce: text(row, 'nonce'),
        entity: text(row, 'entity') as DecisionEntity,
        entityId: text(row, 'entity_id'),
        entityVersion: int(row, 'entity_version'),
        action: text(row, 'action'),
        expiresAt: text(row, 'expires_at'),
        usedAt: textOrNull(row, 'used_at'),
      }
    : null;
}

/** Spends a nonce; false when it was spent before. */
export function spendNonce(write: Write, nonce: string): boolean {
  return (
    write
      .prepare('UPDATE decision_nonce SET used_at = ? WHERE nonce = ? AND used_at IS NULL')
      .run(write.now, nonce).changes === 1
  );
}

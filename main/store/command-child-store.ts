import type { Read, Write } from './database.ts';
import { int, text } from './row.ts';

/** A command of the owner at work, enough to end what a killed host left of it. */
export interface CommandChild {
  readonly tag: string;
  readonly pid: number;
  readonly group: number;
  readonly startTime: string;
  readonly bootId: string;
}

export function putCommandChild(write: Write, child: CommandChild): void {
  write
    .prepare(
      `INSERT OR REPLACE INTO command_child (tag, pid, process_group, start_time, boot_id, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(child.tag, child.pid, child.group, child.startTime, child.bootId, write.now);
}

export function deleteCommandChild(write: Write, tag: string): void {
  write.prepare('DELETE FROM command_child WHERE tag = ?').run(tag);
}

export function listCommandChildren(read: Read): CommandChild[] {
  return read
    .prepare('SELECT * FROM command_child ORDER BY created_at')
    .all()
    .map((row) => ({
      tag: text(row, 'tag'),
      pid: int(row, 'pid'),
      group: int(row, 'process_group'),
      startTime: text(row, 'start_time'),
      bootId: text(row, 'boot_id'),
    }));
}

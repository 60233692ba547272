import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { Dispatch } from '../../api/dispatch.ts';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';
import type { AppEnv } from './app-env.ts';
import { refuse } from './refuse.ts';

/** `GET /runs/{id}/evidence.zip`: the archive as a download, streamed from a file that is gone when the answer has ended. */
export function evidenceRoute(dispatch: Dispatch, log: Log): (c: Context<AppEnv>) => Promise<Response> {
  return async (c) => {
    const reply = await dispatch('run.exportEvidence', { id: c.req.param('id') }, { actor: c.get('actor') });
    if (!reply.ok) return refuse(c, reply.error);
    const { path, bytes } = reply.value as OutputOf<'run.exportEvidence'>;
    const file = createReadStream(path);
    file.once('close', () => {
      unlink(path).catch((error: unknown) => {
        log.warn('an evidence archive was not removed after its download', { path, error: messageOf(error) });
      });
    });
    const name = path.replace(/^.*[/\\]/u, '');
    return c.body(Readable.toWeb(file) as ReadableStream<Uint8Array>, 200, {
      'Content-Type': 'application/zip',
      'Content-Length': String(bytes),
      'Content-Disposition': `attachment; filename="${name}"`,
    });
  };
}

import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { ZipInputFile } from 'fflate';

/** How a zip file calls this compression. */
const DEFLATE = 8;

/**
 * An entry of a zip archive whose content is deflated by threads of the runtime, not by the event loop, which a megabyte would hold for
 * a tenth of a second. Each push resolves when its piece has been taken in.
 */
export function createDeflated(
  path: string,
  mtime: number,
): {
  readonly entry: ZipInputFile;
  push(data: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Gives the memory back, whether or not it came to its end. */
  close(): void;
} {
  const entry: ZipInputFile = { filename: path, size: 0, crc: 0, compression: DEFLATE, mtime };
  const deflate = createDeflateRaw({ level: 6 });
  deflate.on('data', (chunk: Buffer<ArrayBuffer>) => entry.ondata?.(null, chunk, false));
  return {
    entry,
    push(data) {
      entry.size += data.length;
      entry.crc = crc32(data, entry.crc);
      return new Promise((resolve, reject) => {
        deflate.write(data, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    },
    async end() {
      deflate.end();
      await once(deflate, 'end');
      entry.ondata?.(null, new Uint8Array(0), true);
    },
    close() {
      deflate.destroy();
    },
  };
}
